import { rejectOrder } from '../../shop/orders/reject-order.ts'
import type { Command } from './command.ts'

/** `npm run till -- order reject <order>`. */
export const ORDER_REJECT: Command = {
  name: 'order reject',
  summary: 'Turns an order in review down and pays the buyer back in full',
  usage: '<order> [--yes]',
  details: `The buyer gets no access, and the whole payment goes back through Stripe, with a mail about the refund. This cannot be undone.
The decision is kept in the order's history.`,
  options: {},
  wordCount: 1,
  question: ({ words }) => `Pay the buyer of ${words[0]} back in full?`,
  async run({ app, given: { words }, terminal }) {
    const [orderId = ''] = words
    await rejectOrder(app, { orderId, actor: 'till' })
    terminal.print(`Order ${orderId} is rejected; the refund is on its way.`)
    return 0
  },
}
