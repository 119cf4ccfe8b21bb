import type { EmailBouncedEvent, EmailComplainedEvent, EmailDeliveredEvent } from 'resend'
import type { Mail } from './mail.ts'

/** The events about a mail that the local Resend reports. */
export type MailEvent = EmailDeliveredEvent | EmailBouncedEvent | EmailComplainedEvent

/**
 * What Resend reports about `mail`, in order: a complaint follows a delivery, a suppressed address bounces unsent.
 * @param at when it happened, ISO 8601.
 */
export function mailEvents(mail: Mail, at: string): MailEvent[] {
  const data = eventData(mail)
  const delivered: MailEvent = { type: 'email.delivered', created_at: at, data }
  if (mail.state === 'delivered') return [delivered]
  if (mail.state === 'complained') return [delivered, { type: 'email.complained', created_at: at, data }]
  return [{ type: 'email.bounced', created_at: at, data: { ...data, bounce: bounceOf(mail.state) } }]
}

function eventData(mail: Mail): EmailDeliveredEvent['data'] {
  const { id, from, to, subject, created_at } = mail
  const tags = Object.fromEntries(mail.tags.map(({ name, value }) => [name, value]))
  const message = { email_id: id, message_id: `<${id}@resend.local>`, created_at, from, to, subject }
  return mail.tags.length > 0 ? { ...message, tags } : message
}

function bounceOf(state: 'bounced' | 'suppressed'): EmailBouncedEvent['data']['bounce'] {
  if (state === 'suppressed') {
    const message = 'The recipient is on the suppression list because it has a recent history of hard bounces.'
    return { type: 'Permanent', subType: 'Suppressed', message }
  }
  const message = "The recipient's email provider sent a hard bounce message: the mailbox does not exist."
  return { type: 'Permanent', subType: 'General', message }
}
