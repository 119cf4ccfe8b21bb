import type { FiledItem, GatheredOrder } from '../../../../shop/orders/order-timeline.ts'
import { adminOrderWords as words } from '../../../_data/admin-order-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawTimeline } from './draw-timeline.ts'
import { drawButton } from './fields.ts'
import { sayMoment, sayMoney } from './format.ts'
import { type Act, accessAct, orderActs } from './order-acts.ts'
import { say } from './page.ts'
import { placeUrl, type Stage, type View } from './view.ts'

/** Shows an order, what can be done with it, and everything that happened to it. */
export const showOrder: View = (stage) => showAgain(stage, null)

/** `said` is what was done, which is told above the order as it is now. */
async function showAgain(stage: Stage, said: string | null): Promise<void> {
  const file = await ask<GatheredOrder>('/admin_order', { order_id: stage.place.id })
  const { order } = file
  const again = (text: string) => showAgain(stage, text)
  const heading = element('h2', { textContent: words.order(order.id), tabIndex: -1, className: 'order-title' })
  const state = element('p', {}, [
    element('span', {
      className: `state state-${order.status}`,
      textContent: words.states[order.status] ?? order.status,
    }),
  ])
  const back = element('a', { href: placeUrl('orders'), textContent: words.back })
  stage.show([
    element('p', {}, [back]),
    heading,
    state,
    drawFacts(file),
    drawActs(orderActs(file), again, file.stripe_url),
    element('h3', { textContent: words.itemsTitle }),
    element(
      'ul',
      { className: 'bought', role: 'list' },
      file.items.map((item) => drawItem(item, file, again)),
    ),
    element('h3', { textContent: words.history }),
    drawTimeline(file.timeline, order.currency),
  ])
  if (said !== null && !stage.isLeft) say(said)
}

function drawFacts({ order, rest }: GatheredOrder): HTMLElement {
  const money = (amount: number) => sayMoney(amount, order.currency)
  const facts: [string, string | null][] = [
    [words.buyer, order.erased_at ? words.erased : (order.email ?? words.nobody)],
    [words.paidWith, isTypedOtherwise(order) ? order.stripe_email : null],
    [words.total, money(order.amount_total)],
    [words.discount, order.amount_discount ? money(order.amount_discount) : null],
    [words.tax, order.amount_tax ? money(order.amount_tax) : null],
    [words.goneBack, order.amount_refunded ? money(order.amount_refunded) : null],
    [words.rest, order.amount_refunded ? money(rest) : null],
    [words.paidAt, order.paid_at && sayMoment(order.paid_at)],
    [words.comparedAt, sayMoment(order.observed_at)],
    [words.reviewReason, order.review_reason],
  ]
  const pairs = facts.flatMap(([name, value]) =>
    value ? [element('div', {}, [element('dt', { textContent: name }), element('dd', { textContent: value })])] : [],
  )
  const list = element('dl', { className: 'facts order-facts' }, pairs)
  if (!order.mail_state) return list
  return element('div', {}, [
    element('p', { className: 'notice', textContent: words.unreachable[order.mail_state] }),
    list,
  ])
}

function isTypedOtherwise({ email, stripe_email }: GatheredOrder['order']): boolean {
  return stripe_email !== null && stripe_email.toLowerCase() !== email
}

type Again = (said: string) => Promise<void>

function drawActs(acts: Act[], again: Again, stripeUrl: string | null): HTMLElement {
  const buttons = acts.map((act) => drawAct(act, again))
  if (stripeUrl) {
    const look = { className: 'button button-quiet button-small', textContent: words.stripe }
    buttons.push(element('a', { ...look, href: stripeUrl, target: '_blank', rel: 'noreferrer' }))
  }
  return element('div', { className: 'acts' }, buttons)
}

function drawAct({ label, does }: Act, again: Again): HTMLElement {
  return drawButton(label, async () => {
    const said = await does()
    if (said !== null) await again(said)
  })
}

function drawItem(item: FiledItem, file: GatheredOrder, again: Again): HTMLElement {
  const { title, quantity, amount_total, refunded_at, revoked_at } = item
  const closed = refunded_at ? words.itemRefunded : revoked_at ? words.itemRevoked : ''
  const parts = [
    element('span', {
      className: 'bought-title',
      textContent: quantity > 1 ? `${words.quantity(quantity)} ${title}` : title,
    }),
    element('span', { className: 'bought-amount', textContent: sayMoney(amount_total, file.order.currency) }),
  ]
  if (closed) parts.push(element('span', { className: 'hint', textContent: closed }))
  if (!refunded_at) parts.push(drawAct(accessAct(item, file), again))
  return element('li', {}, parts)
}
