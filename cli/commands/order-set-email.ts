import { mailableEmail } from '../../shop/orders/email-address.ts'
import { correctEmail } from '../../shop/purchases/correct-email.ts'
import { type Command, UsageError } from './command.ts'

/** `npm run till -- order set-email <order> <address>`. */
export const ORDER_SET_EMAIL: Command = {
  name: 'order set-email',
  summary: 'Changes the address of an order and sends a new receipt there',
  usage: '<order> <address> [--yes]',
  details: `For a buyer who typed the address wrongly and did not see it within the hour in which the order's page lets them correct it. Links
that went to the old address are dead from that moment on, download links included. The change is kept in the order's history.`,
  options: {},
  wordCount: 2,
  question: ({ words: [orderId, address] }) => `Send everything about ${orderId} to ${address} from now on?`,
  async run({ app, given: { words }, terminal }) {
    const [orderId = '', typed = ''] = words
    if (!mailableEmail(typed)) throw new UsageError(`${typed} is not an email address.`)
    const email = await correctEmail(app, { orderId, actor: 'seller', email: typed })
    terminal.print(`Order ${orderId} belongs to ${email} now; a new receipt follows within moments.`)
    return 0
  },
}
