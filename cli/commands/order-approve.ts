import { approveOrder } from '../../shop/orders/approve-order.ts'
import type { Command } from './command.ts'

/** `npm run till -- order approve <order>`. */
export const ORDER_APPROVE: Command = {
  name: 'order approve',
  summary: 'Gives the buyer access to an order that was put aside for review',
  usage: '<order>',
  details: `An order is put aside when its amounts or products are not what the shop had asked for; a mail says what differs. Approved, it
counts as what its payment says: the buyer gets access and the receipt. The decision is kept in the order's history.`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [orderId = ''] = words
    await approveOrder(app, { orderId, actor: 'till' })
    terminal.print(`Order ${orderId} is approved; access and receipt follow within moments.`)
    return 0
  },
}
