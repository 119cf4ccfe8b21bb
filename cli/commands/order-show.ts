import { gatherOrder } from '../../shop/orders/gather-order.ts'
import type { GatheredOrder, TimelineEntry } from '../../shop/orders/order-timeline.ts'
import type { Command, Terminal } from './command.ts'
import { sayAmount } from './order/say-amount.ts'
import { alignColumns } from './print-table.ts'

/** `npm run till -- order show <order>`. */
export const ORDER_SHOW: Command = {
  name: 'order show',
  summary: 'Shows an order and everything that happened to it',
  usage: '<order> [--json]',
  details: `  --json  answers with one JSON document

What was bought and for how much, and then, oldest first: events from Stripe, work, mails, downloads, refunds, disputes, and what was
changed and by whom. Times are in UTC. \`orders\` finds an order's id.

  npm run till -- order show ord_5h2k…`,
  options: { json: { type: 'boolean' } },
  wordCount: 1,
  async run({ app, given: { words, options }, terminal }) {
    const [orderId = ''] = words
    const order = await gatherOrder(app, orderId)
    if (options.json) terminal.print(JSON.stringify(order, null, 2))
    else printOrder(order, terminal)
    return 0
  },
}

function printOrder({ order, items, timeline, rest, stripe_url }: GatheredOrder, { print }: Terminal): void {
  const money = (amount: number) => sayAmount(amount, order.currency)
  const facts: [string, string | null][] = [
    ['Order', order.id],
    ['State', order.status.replace('_', ' ') + (order.livemode ? '' : ' (test)')],
    ['Why in review', order.status === 'review' ? order.review_reason : null],
    ['Buyer', order.email ?? '(no address)'],
    ['Total', money(order.amount_total)],
    ['Paid back', order.amount_refunded ? `${money(order.amount_refunded)}, ${money(rest)} left` : null],
    ['Stripe', stripe_url],
  ]
  print(alignColumns(facts.flatMap(([name, value]) => (value ? [[name, value]] : []))))
  const lines = items.map(({ id, quantity, title, amount_total, refunded_at, revoked_at }) => {
    const closed = refunded_at ? 'paid back' : revoked_at ? 'access taken away' : ''
    return [id, `${quantity} ×`, title, money(amount_total), closed]
  })
  print(`\n${alignColumns(lines)}`)
  print(`\n${alignColumns(timeline.map((entry) => lineOf(entry, money)))}`)
}

function lineOf(
  { at, kind, about, state, detail, amount }: TimelineEntry,
  money: (amount: number) => string,
): string[] {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  const rest = [amount === null ? '' : money(amount), about, state, detail].filter(Boolean).join(' · ')
  return [time, kind, rest]
}
