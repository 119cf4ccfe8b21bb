import { findCustomerData } from '../../db/customer-data.ts'
import { mailableEmail } from '../../shop/orders/email-address.ts'
import { type Command, UsageError } from './command.ts'

/** `npm run till -- customers export <address>`. */
export const CUSTOMERS_EXPORT: Command = {
  name: 'customers export',
  summary: 'Writes everything that the shop holds under an address, as JSON',
  usage: '<address>',
  details: `For a person who asks what you know about them. It goes to standard output: add > data.json to keep it. Beside what the person could
get in the portal, it has the orders whose address at Stripe was this one, so read it before you pass it on: after a typing mistake
such an order may be somebody else's. What Stripe, Resend and Netlify Identity hold is to be had there.`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [typed = ''] = words
    const email = mailableEmail(typed)
    if (!email) throw new UsageError(`${typed} is not an email address.`)
    const data = await findCustomerData(app.db, email, true)
    terminal.print(JSON.stringify({ shop: app.siteUrl, email, gathered_at: app.now().toISOString(), ...data }, null, 2))
    if (data.orders.length + data.mails.length === 0) terminal.tell(`Nothing is held under ${email}.`)
    return 0
  },
}
