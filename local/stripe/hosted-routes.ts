import { type Context, Hono } from 'hono'
import { applyPromotionCode } from './apply-promotion-code.ts'
import type { Deliveries } from './deliveries.ts'
import { expireSession } from './expire-session.ts'
import { closedPage, type Filled, hostedPage, missingPage, returnUrl } from './hosted-page.ts'
import { type Outcome, paySession } from './pay-session.ts'
import { taxedSession } from './taxed-session.ts'
import { readMethod, type TestMethod } from './test-methods.ts'
import type { Session } from './wire-types.ts'
import type { World } from './world.ts'

const HOLD_MS = 10_000

type Typed = { email: string; card: string; promotion_code: string; action: string; terms: string }

/** The hosted payment page: `GET` shows it, `POST` pays, without any script. */
export function hostedRoutes(world: World, deliveries: Deliveries): Hono {
  const app = new Hono()
  app.get('/checkout/:id', (context) => {
    const session = currentSession(world, context.req.param('id'))
    if (session === undefined) return context.html(missingPage(), 404)
    return session.status === 'open' ? context.html(hostedPage(world, session, {})) : context.html(closedPage(session))
  })
  app.post('/checkout/:id', async (context) => {
    const typed = await readTyped(context)
    const session = currentSession(world, context.req.param('id'))
    if (session === undefined) return context.html(missingPage(), 404)
    return submit(context, { world, deliveries, session, typed })
  })
  return app
}

// A session whose time has come is expired, even if no clock has ticked since.
function currentSession(world: World, id: string): Session | undefined {
  const session = world.books.sessions.get(id)
  if (session?.status !== 'open' || session.expires_at > world.now()) return session
  return world.books.atomically(() => expireSession(world, session))
}

async function readTyped({ req }: Context): Promise<Typed> {
  const form = await req.parseBody()
  const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
  const action = text('action')
  return {
    email: text('email'),
    card: text('card'),
    promotion_code: text('promotion_code'),
    action,
    terms: text('terms'),
  }
}

type Submission = { world: World; deliveries: Deliveries; session: Session; typed: Typed }

async function submit(context: Context, submission: Submission): Promise<Response> {
  const { world, session, typed } = submission
  if (session.status !== 'open') return afterwards(context, session)
  if (typed.promotion_code !== '') {
    const applied = applyPromotionCode(world, session.id, typed.promotion_code)
    if (typeof applied === 'string') return again(context, submission, applied)
  }
  if (typed.action === 'apply') return again(context, submission, '')
  const checked = checkTyped(submission)
  if (typeof checked === 'string') return again(context, submission, checked)
  return finish(context, submission, paySession(world, session.id, checked))
}

function checkTyped({ world, session: opened, typed }: Submission) {
  const session = world.books.sessions.get(opened.id) ?? opened
  const email = session.customer_email ?? typed.email
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254) return 'Enter a valid email address.'
  const acceptsTerms = typed.terms === 'accepted'
  if (session.consent_collection?.terms_of_service === 'required' && !acceptsTerms)
    return 'You must accept the terms of service.'
  const isFree = taxedSession(world, session).session.amount_total === 0
  const method = isFree ? null : methodOf(session, typed.card)
  return typeof method === 'string' ? method : { email, method, acceptsTerms }
}

function methodOf(session: Session, card: string): TestMethod | string {
  const method = readMethod(card, session.currency ?? '')
  if (typeof method === 'string' || session.payment_method_types.includes(method.type)) return method
  return 'This payment method is not accepted here.'
}

async function finish(context: Context, submission: Submission, outcome: Outcome): Promise<Response> {
  const { world, deliveries, session } = submission
  if (outcome.kind === 'refused') return again(context, submission, outcome.message)
  if (outcome.kind === 'closed') return afterwards(context, world.books.sessions.get(session.id) ?? session)
  await holdForWebhook(world, deliveries, session.id)
  return context.redirect(returnUrl(outcome.session), 303)
}

// Checkout waits for the answer to checkout.session.completed, at most 10 s (docs.stripe.com/checkout/fulfillment).
async function holdForWebhook(world: World, deliveries: Deliveries, sessionId: string): Promise<void> {
  const events = world.books.eventsOf.of(sessionId).map((id) => world.books.events.get(id))
  const completed = events.find((stored) => stored?.event.type === 'checkout.session.completed')
  if (completed === undefined) return
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, HOLD_MS)
  })
  await Promise.race([deliveries.deliverNow(completed.id), patience])
  clearTimeout(timer)
}

function afterwards(context: Context, session: Session): Response | Promise<Response> {
  if (session.status === 'complete') return context.redirect(returnUrl(session), 303)
  return context.html(closedPage(session))
}

function again(context: Context, { world, session, typed }: Submission, error: string): Response | Promise<Response> {
  const now = world.books.sessions.get(session.id) ?? session
  const filled: Filled = { ...typed, error }
  return context.html(hostedPage(world, now, filled), error === '' ? 200 : 402)
}
