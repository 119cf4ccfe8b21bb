import { sendReceiptAgain } from '../../shop/orders/send-receipt-again.ts'
import type { Command } from './command.ts'

/** `npm run till -- order resend <order>`. */
export const ORDER_RESEND: Command = {
  name: 'order resend',
  summary: 'Sends the receipt of an order once more, with fresh links',
  usage: '<order>',
  details: `The mail goes to the order's address; \`order set-email\` changes that. It is noted in the order's history.

  npm run till -- order resend ord_5h2k…`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [orderId = ''] = words
    const email = await sendReceiptAgain(app, { orderId, actor: 'till', key: app.newId('rfq') })
    terminal.print(`The receipt of ${orderId} is on its way to ${email}.`)
    return 0
  },
}
