import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { decimalsOf } from './currencies.ts'
import { closeDispute, isOpen, openDispute } from './dispute-charge.ts'
import { queueDelivery } from './events.ts'
import { expireSession } from './expire-session.ts'
import { paymentOf } from './panel.ts'
import { gathered } from './payment-routes.ts'
import { refundCharge } from './refund-charge.ts'
import { settlePayment } from './settle-payment.ts'
import { undoRefund } from './settle-refund.ts'
import { StripeError } from './stripe-error.ts'
import type { Charge, Dispute, Session } from './wire-types.ts'
import type { World } from './world.ts'

type Press = { world: World; session: Session; amount: string }

// What Stripe's dashboard, the banks and time would do.
const ACTIONS: Record<string, (press: Press) => unknown> = {
  refund: ({ world, session, amount }) =>
    refundCharge(world, chargeOf(world, session), {
      amount: minorUnits(amount, session),
      reason: 'requested_by_customer',
    }),
  'cancel-refund': ({ world, session }) => {
    for (const refund of paymentOf(world, session).refunds)
      if (refund.status === 'pending') undoRefund(world, refund, 'canceled')
  },
  'fail-refund': ({ world, session }) => {
    const refund = paymentOf(world, session).refunds.findLast(
      ({ status }) => status === 'pending' || status === 'succeeded',
    )
    if (refund === undefined) throw new StripeError('There is no refund that could fail.')
    undoRefund(world, refund, 'failed')
  },
  dispute: ({ world, session }) => openDispute(world, chargeOf(world, session), 'fraudulent'),
  inquiry: ({ world, session }) => openDispute(world, chargeOf(world, session), 'inquiry'),
  'dispute-won': ({ world, session }) => closeDispute(world, openDisputeOf(world, session), 'won'),
  'dispute-lost': ({ world, session }) => closeDispute(world, openDisputeOf(world, session), 'lost'),
  settle: ({ world, session }) => settlePayment(world, chargeOf(world, session).id, 'succeeded'),
  fail: ({ world, session }) => settlePayment(world, chargeOf(world, session).id, 'failed'),
  expire: ({ world, session }) => {
    if (session.status !== 'open') throw new StripeError('Only an open checkout can be expired.')
    expireSession(world, session)
  },
  resend: ({ world, session }) => resend(world, session, 1),
  'deliver-twice': ({ world, session }) => resend(world, session, 2),
}

/** The buttons of the panel: `POST /people/stripe/:action` with the session's `id`, back to the page afterwards. */
export function peopleRoutes(world: World): Hono {
  const app = new Hono()
  app.post('/people/stripe/:action', async (context) => {
    const form = await context.req.parseBody()
    const session = world.books.sessions.get(String(form.id ?? ''))
    const action = Object.hasOwn(ACTIONS, context.req.param('action')) && ACTIONS[context.req.param('action')]
    if (session === undefined || !action) return context.notFound()
    return press(context, () => action({ world, session, amount: String(form.amount ?? '') }), world)
  })
  return app
}

function press(context: Context, work: () => unknown, { books }: World): Response | Promise<Response> {
  try {
    books.atomically(work)
    return context.redirect('/', 303)
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    return context.html(
      html`<!doctype html><title>Refused</title><p>${error.message}</p><p><a href="/">Back</a></p>`,
      400,
    )
  }
}

function chargeOf(world: World, session: Session): Charge {
  const { charge } = paymentOf(world, session)
  if (charge === undefined) throw new StripeError('Nothing has been charged for this checkout.')
  return charge
}

function openDisputeOf(world: World, session: Session): Dispute {
  const dispute = paymentOf(world, session).disputes.find(isOpen)
  if (dispute === undefined) throw new StripeError('There is no open dispute.')
  return dispute
}

function minorUnits(typed: string, session: Session): number | undefined {
  if (typed === '') return undefined
  const decimals = decimalsOf(session.currency ?? '')
  const number = Number(typed.replace(',', '.'))
  const amount = Math.round(number * 10 ** decimals)
  if (!(amount >= 1)) throw new StripeError(`Not an amount: ${typed}`)
  return amount
}

// The latest that was told of the checkout itself, to each endpoint that was told it before.
function resend({ books, ...rest }: World, session: Session, times: number): void {
  const events = gathered(books.events, books.eventsOf.of(session.id))
  const latest = events.findLast((stored) => stored.event.type.startsWith('checkout.session.'))
  if (latest === undefined) throw new StripeError('There is no event to send again.')
  const told = new Set(gathered(books.deliveries, books.deliveriesOf.of(latest.id)).map(({ endpoint }) => endpoint))
  for (const endpoint of told)
    for (let time = 0; time < times; time += 1) queueDelivery({ books, ...rest }, latest.event, endpoint, 'exempt')
}
