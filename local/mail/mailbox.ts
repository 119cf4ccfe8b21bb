import { randomUUID } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import type { Mail, MailContent, MailState } from './mail.ts'
import { bareAddress } from './mail-address.ts'

const MAILS = 'mails'
// https://resend.com/docs/dashboard/emails/send-test-emails: a label after `+` is allowed.
const TEST_RECIPIENT = /^(bounced|complained|suppressed)(\+[^@]*)?@resend\.dev$/

/** Every mail that anybody here was sent, committed to the ledger before `keep` returns. */
export type Mailbox = {
  keep(content: MailContent, origin: Pick<Mail, 'via' | 'idempotency_key'>): Mail
  find(id: string): Mail | undefined
  newestFirst(): Mail[]
}

/** @param now the clock that dates the mails. */
export function createMailbox(ledger: Ledger, now: () => Date): Mailbox {
  return {
    keep(content, origin) {
      const stamp = { id: randomUUID(), state: stateOf(content), created_at: now().toISOString() }
      const mail: Mail = { ...content, ...origin, ...stamp }
      ledger.put(MAILS, mail.id, mail)
      return mail
    },
    find: (id) => ledger.get<Mail>(MAILS, id),
    newestFirst: () => ledger.list<Mail>(MAILS).reverse(),
  }
}

function stateOf({ to }: MailContent): MailState {
  const special = to.map((recipient) => TEST_RECIPIENT.exec(bareAddress(recipient))?.[1])
  return (special.find((state) => state !== undefined) ?? 'delivered') as MailState
}
