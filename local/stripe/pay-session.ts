import { captureCharge, failCharge } from './decide-charge.ts'
import { redeem } from './discounts.ts'
import { recordEvent } from './events.ts'
import { expireSession } from './expire-session.ts'
import { newCustomer } from './new-customer.ts'
import { customerDetails } from './new-session.ts'
import { planAfterCharge, SETTLE_SECONDS } from './settle-payment.ts'
import { taxedSession } from './taxed-session.ts'
import type { Decline, TestMethod } from './test-methods.ts'
import { tryCharge } from './try-charge.ts'
import type { Charge, LineItem, PaymentIntent, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** `method` is null only where nothing is to pay. */
export type Attempt = { email: string; method: TestMethod | null; acceptsTerms: boolean }
export type Outcome =
  | { kind: 'completed'; session: Session }
  | { kind: 'refused'; message: string }
  | { kind: 'closed' }

/**
 * What happens when the buyer presses "Pay". One transaction of the books: the charge, the session and the events are
 * written together or not at all, and a session that is not open is never charged again.
 */
export function paySession(world: World, id: string, attempt: Attempt): Outcome {
  return world.books.atomically(() => {
    const session = world.books.sessions.get(id)
    if (session?.status !== 'open') return { kind: 'closed' }
    if (session.expires_at <= world.now()) {
      expireSession(world, session)
      return { kind: 'closed' }
    }
    return attemptPayment(world, session, attempt)
  })
}

function attemptPayment(world: World, open: Session, attempt: Attempt): Outcome {
  const { session: taxed, lines } = taxedSession(world, open)
  const session = withBuyer(world, taxed, attempt)
  if (session.amount_total === 0) return complete(world, { session, lines }, 'no_payment_required')
  if (attempt.method === null) return { kind: 'refused', message: 'Enter a card number.' }
  const { intent, charge } = tryCharge(world, session, { ...attempt, method: attempt.method })
  const { decline } = attempt.method
  if (decline) return decideDecline(world, { open, intent, charge }, decline)
  const withIntent = { ...session, payment_intent: intent.id }
  if (attempt.method.type !== 'card') return acceptDelayed(world, { session: withIntent, lines, intent, charge })
  const outcome = complete(world, { session: withIntent, lines }, 'paid')
  captureCharge(world, intent, charge)
  planAfterCharge(world, charge, attempt.method)
  return outcome
}

function withBuyer(world: World, session: Session, { email, acceptsTerms }: Attempt): Session {
  const accepted = session.consent_collection?.terms_of_service === 'required' && acceptsTerms
  const consent = session.consent && { ...session.consent, terms_of_service: accepted ? ('accepted' as const) : null }
  const isNew = session.customer === null && session.customer_creation === 'always'
  const customer = isNew ? world.books.customers.put(newCustomer(email, world.now())).id : session.customer
  return { ...session, consent, customer, customer_details: customerDetails(email) }
}

type Refused = { open: Session; intent: PaymentIntent; charge: Charge }

// The session stays open and keeps the intent, so that the next try uses the same one.
function decideDecline(world: World, { open, intent, charge }: Refused, decline: Decline): Outcome {
  const { books } = world
  books.sessions.put({ ...open, payment_intent: intent.id })
  failCharge(world, { intent, charge, decline })
  return { kind: 'refused', message: decline.message }
}

type Delayed = { session: Session; lines: LineItem[]; intent: PaymentIntent; charge: Charge }

function acceptDelayed(world: World, { session, lines, intent, charge }: Delayed): Outcome {
  const outcome = complete(world, { session, lines }, 'unpaid')
  const processing = world.books.paymentIntents.put({ ...intent, status: 'processing' })
  recordEvent(world, 'payment_intent.processing', processing)
  recordEvent(world, 'charge.pending', charge)
  world.books.timers.put({ id: charge.id, kind: 'settle_payment', due_at: world.now() + SETTLE_SECONDS })
  return outcome
}

type Priced = { session: Session; lines: LineItem[] }

// Told first of all events: it is the one that the redirect waits for.
function complete(world: World, { session, lines }: Priced, payment_status: Session['payment_status']): Outcome {
  const { books } = world
  for (const line of lines) books.lineItems.put(line)
  const done = books.sessions.put({ ...session, payment_status, status: 'complete', url: null })
  books.timers.remove(session.id)
  redeem(world, done)
  recordEvent(world, 'checkout.session.completed', done)
  return { kind: 'completed', session: done }
}
