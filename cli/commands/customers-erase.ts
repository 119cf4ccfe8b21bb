import { mailableEmail } from '../../shop/orders/email-address.ts'
import { eraseCustomer } from '../../shop/purchases/erase-customer.ts'
import { type Command, UsageError } from './command.ts'
import { isConfirmed } from './is-confirmed.ts'

/** `npm run till -- customers erase <address>`. */
export const CUSTOMERS_ERASE: Command = {
  name: 'customers erase',
  summary: 'Takes a person’s address out of orders and mails, and keeps what the books need',
  usage: '<address> [--dry-run] [--yes]',
  details: `Orders, amounts, refunds and the number of downloads stay; the address in them goes, with the texts of the mails, the codes and the
links. It cannot be undone: the orders are in nobody's portal any more, and only their receipts' links still open them. A later refund
cannot be mailed. Stripe, Resend and Netlify Identity hold the address as well; docs/RUNBOOK.md says where to erase it there.`,
  options: { 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 1,
  async run({ app, given, terminal }) {
    const [typed = ''] = given.words
    const email = mailableEmail(typed)
    if (!email) throw new UsageError(`${typed} is not an email address.`)
    const would = await eraseCustomer(app, { email, isDryRun: true })
    const what = `${would.orders} orders and ${would.mails} mails`
    if (given.options['dry-run'] || would.orders + would.mails === 0) {
      terminal.print(`${email} is in ${what}. Nothing was changed.`)
      return 0
    }
    if (!(await isConfirmed(`Take ${email} out of ${what} for good?`, given, terminal))) return 1
    const done = await eraseCustomer(app, { email, isDryRun: false })
    terminal.print(`The address was taken out of ${done.orders} orders and ${done.mails} mails.`)
    return 0
  },
}
