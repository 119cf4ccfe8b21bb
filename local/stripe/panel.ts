import { html } from 'hono/html'
import type { Delivery } from './books.ts'
import { formatAmount } from './currencies.ts'
import { disputesOf, isOpen } from './dispute-charge.ts'
import { gathered } from './payment-routes.ts'
import { linesOf } from './taxed-session.ts'
import type { Charge, Dispute, Refund, Session } from './wire-types.ts'
import type { World } from './world.ts'

const SHOWN = 50

type Payment = { session: Session; charge: Charge | undefined; disputes: Dispute[]; refunds: Refund[] }

/** The payments as a fragment of a page, newest first; the buttons post to `/people/stripe/*`. */
export function stripePanel(world: World): string {
  const sessions = world.books.sessions.all().reverse()
  const empty = html`<p class="empty">No checkout yet. Buy something in the store.</p>`
  const table = html`<table>
    <thead><tr><th>Time</th><th>Amount</th><th>Email</th><th>Products</th><th>Status</th></tr></thead>
    <tbody>${sessions.slice(0, SHOWN).map((session) => row(world, session))}</tbody>
  </table>`
  const rest = sessions.length > SHOWN ? html`<p>${sessions.length - SHOWN} older ones are not shown.</p>` : ''
  return String(
    html`<section class="panel" id="stripe"><h2>Stripe payments</h2>${sessions.length > 0 ? table : empty}${rest}</section>`,
  )
}

function row(world: World, session: Session) {
  const payment = paymentOf(world, session)
  const names = linesOf(world, session).map((line) => `${line.quantity} × ${line.description}`)
  return html`<tr>
    <td>${moment(session.created)}</td>
    <td>${formatAmount(session.amount_total ?? 0, session.currency ?? 'eur')}</td>
    <td>${session.customer_details?.email ?? ''}</td>
    <td>${names.join(', ')}</td>
    <td>${stateOf(payment)}</td>
  </tr>
  <tr class="more"><td colspan="5">${actions(payment)}${deliveryList(world, session)}</td></tr>`
}

/** What belongs to one checkout. */
export function paymentOf(world: World, session: Session): Payment {
  const { books } = world
  const intent = books.paymentIntents.get(session.payment_intent ?? '')
  const charge = books.charges.get(intent?.latest_charge ?? '')
  const refunds = charge === undefined ? [] : gathered(books.refunds, books.refundsOf.of(charge.id))
  return { session, charge, disputes: charge === undefined ? [] : disputesOf(world, charge), refunds }
}

function stateOf({ session, charge, disputes }: Payment): string {
  if (session.status !== 'complete') return session.status ?? ''
  if (charge === undefined) return 'complete, nothing to pay'
  if (charge.status !== 'succeeded') return charge.status === 'pending' ? 'payment under way' : 'payment failed'
  const refunded = formatAmount(charge.amount_refunded, charge.currency)
  const money = charge.refunded ? 'refunded' : charge.amount_refunded > 0 ? `paid, ${refunded} refunded` : 'paid'
  return [money, ...disputes.map((dispute) => `dispute ${dispute.status.replaceAll('_', ' ')}`)].join('; ')
}

function actions({ session, charge, disputes, refunds }: Payment) {
  const { id } = session
  const dispute = disputes.find(isOpen)
  const canTakeBack = charge?.paid && !charge.refunded
  const isInquiry = dispute?.status.startsWith('warning_')
  return html`
    ${session.status === 'open' ? button('expire', id, 'Expire') : ''}
    ${charge?.status === 'pending' ? [button('settle', id, 'Let it be paid'), button('fail', id, 'Let it fail')] : ''}
    ${canTakeBack && (!dispute || isInquiry) ? [button('refund', id, 'Refund in full'), partRefund(id)] : ''}
    ${refunds.some(({ status }) => status === 'pending') ? button('cancel-refund', id, 'Cancel pending refund') : ''}
    ${canStillFail(refunds) ? button('fail-refund', id, 'Let the refund fail') : ''}
    ${canTakeBack && !dispute ? [button('dispute', id, 'Open dispute'), button('inquiry', id, 'Open inquiry')] : ''}
    ${dispute ? [button('dispute-won', id, 'Dispute won'), button('dispute-lost', id, 'Dispute lost')] : ''}
    ${session.status === 'open' ? '' : [button('resend', id, 'Resend event'), button('deliver-twice', id, 'Deliver twice')]}`
}

function canStillFail(refunds: Refund[]): boolean {
  return refunds.some(({ status }) => status === 'pending' || status === 'succeeded')
}

function button(action: string, id: string, label: string) {
  return html`<form method="post" action="/people/stripe/${action}">
    <input type="hidden" name="id" value="${id}"><button>${label}</button>
  </form>`
}

function partRefund(id: string) {
  return html`<form method="post" action="/people/stripe/refund">
    <input type="hidden" name="id" value="${id}">
    <input name="amount" inputmode="decimal" size="6" required placeholder="5.00" aria-label="Amount to refund">
    <button>Refund a part</button>
  </form>`
}

function deliveryList(world: World, session: Session) {
  const { books } = world
  const deliveries = books.eventsOf
    .of(session.id)
    .flatMap((id) => gathered(books.deliveries, books.deliveriesOf.of(id)))
  if (deliveries.length === 0) return ''
  const entries = deliveries.map((one) => html`<li><code>${one.type}</code> ${deliveryState(one)}</li>`)
  const count = deliveries.length === 1 ? '1 delivery' : `${deliveries.length} deliveries`
  return html`<details><summary>${count}</summary><ul>${entries}</ul></details>`
}

function deliveryState({ state, attempts, due_at, last_answer }: Delivery): string {
  const answer = last_answer === null ? '' : ` (${last_answer})`
  if (state !== 'pending') return `${state}${answer}`
  return attempts === 0 && last_answer === null
    ? `pending, due ${clock(due_at)}`
    : `pending, retry at ${clock(due_at)}${answer}`
}

function moment(seconds: number) {
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}
