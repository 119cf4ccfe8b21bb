import { captureCharge, failCharge } from './decide-charge.ts'
import { recordEvent } from './events.ts'
import { newId } from './ids.ts'
import type { TestMethod } from './test-methods.ts'
import type { Charge, PaymentIntent, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** How long a delayed payment is under way; Stripe's test debits take minutes, people at a desk have less patience. */
export const SETTLE_SECONDS = 10
const DISPUTE_SECONDS = 5

/** What this test card brings on after the charge. */
export function planAfterCharge(world: World, charge: Charge, method: TestMethod): void {
  if (method.dispute)
    world.books.timers.put({ id: charge.id, kind: 'open_dispute', due_at: world.now() + DISPUTE_SECONDS })
  if (method.dispute) world.books.disputeReasons.put({ id: charge.id, reason: method.dispute })
  if (!method.fraudWarning) return
  const warning = world.books.fraudWarnings.put({
    id: newId('issfr_1'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: world.now(),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    payment_intent: charge.payment_intent ?? '',
  })
  recordEvent(world, 'radar.early_fraud_warning.created', warning)
}

/** Decides a delayed payment, as its method would or as a person wants; does nothing if it is decided already. */
export function settlePayment(world: World, chargeId: string, wanted?: 'succeeded' | 'failed'): void {
  const { books } = world
  books.timers.remove(chargeId)
  const charge = books.charges.get(chargeId)
  const intent = books.paymentIntents.get(charge?.payment_intent ?? '')
  const session = books.sessions.get(books.sessionOf.of(intent?.id ?? '')[0] ?? '')
  if (charge?.status !== 'pending' || intent === undefined || session === undefined) return
  const settles = wanted ?? books.traits.get(chargeId)?.settles ?? 'succeeded'
  if (settles === 'succeeded') succeed(world, session, { intent, charge })
  else fail(world, session, { intent, charge })
}

type Underway = { intent: PaymentIntent; charge: Charge }

function succeed(world: World, session: Session, { intent, charge }: Underway): void {
  const paid = world.books.sessions.put({ ...session, payment_status: 'paid' })
  recordEvent(world, 'checkout.session.async_payment_succeeded', paid)
  captureCharge(world, intent, charge)
}

function fail(world: World, session: Session, { intent, charge }: Underway): void {
  recordEvent(world, 'checkout.session.async_payment_failed', session)
  const message = 'The payment could not be debited from the account.'
  const decline = { code: 'payment_method_provider_decline', decline_code: 'insufficient_funds', message }
  failCharge(world, { intent, charge, decline })
}
