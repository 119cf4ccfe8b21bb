import { syncKnownOrder } from '../../shop/orders/sync-known-order.ts'
import type { Command } from './command.ts'

/** `npm run till -- order sync <order>`. */
export const ORDER_SYNC: Command = {
  name: 'order sync',
  summary: 'Reads an order back from Stripe at once',
  usage: '<order>',
  details: `Whatever Stripe says of the payment, its refunds and disputes is written into the order, and mails that follow from it go out. It is what
events do by themselves; \`reconcile\` does it for all orders. It is noted in the order's history.

  npm run till -- order sync ord_5h2k…`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [orderId = ''] = words
    const outcome = await syncKnownOrder(app, { orderId, actor: 'till' })
    if (outcome.kind === 'nothing') {
      terminal.tell(`Stripe's session of ${orderId} is ${outcome.why.replace('_', ' ')}. Is the key that of this shop?`)
      return 1
    }
    const state =
      outcome.kind === 'written' ? `is ${outcome.status.replace('_', ' ')}` : 'was brought up to date by somebody else'
    terminal.print(`Order ${orderId} ${state}.`)
    return 0
  },
}
