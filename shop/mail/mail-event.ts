/** What can become of a mail; a `soft_bounced` one met a mailbox that was full or away, which says nothing about the next. */
export type MailState = 'delivered' | 'soft_bounced' | 'bounced' | 'complained'

/**
 * What Resend reports about a mail: under which id it sent it, which of ours that was if the event says so, and when it happened. The
 * address is not taken from the event.
 */
export type MailEvent = { resendId: string; mailId: string | null; state: MailState; at: Date }

/** A delivery of Resend's as it arrived, with Svix's three headers. */
export type MailDelivery = {
  body: string
  id: string | null
  timestamp: string | null
  signature: string | null
  now: Date
}

/** Whether mails reach an address: null when they do, as far as we know. */
export type AddressFlag = 'bounced' | 'complained' | null

/** The tag under which Resend hands our own id of a mail back: an event may be here before the answer that names Resend's. */
const TAG = 'mail'

/** The tags of a mail; Resend takes letters, digits, `_` and `-` only, so an id that has others is not given along. */
export function mailTags(mailId: string): { name: string; value: string }[] {
  const value = mailId.replaceAll(':', '--')
  return /^[\w-]{1,256}$/.test(value) && idOf(value) === mailId ? [{ name: TAG, value }] : []
}

/**
 * Reads the body of a verified delivery; null when Till keeps nothing of it. An unknown type of bounce is taken for a soft one: a banner
 * that is wrong would frighten. https://resend.com/docs/dashboard/webhooks/event-types
 */
export function readMailEvent(body: unknown): MailEvent | null {
  const { type, created_at, data } = fields(body)
  const { email_id, tags, bounce } = fields(data)
  const state = stateOf(type, fields(bounce).type)
  const at = new Date(typeof created_at === 'string' ? created_at : Number.NaN)
  if (!state || typeof email_id !== 'string' || Number.isNaN(at.getTime())) return null
  const tag = fields(tags)[TAG]
  return { resendId: email_id, mailId: typeof tag === 'string' ? idOf(tag) : null, state, at }
}

function idOf(tag: string): string {
  return tag.replaceAll('--', ':')
}

function stateOf(type: unknown, bounce: unknown): MailState | null {
  if (type === 'email.delivered') return 'delivered'
  if (type === 'email.complained') return 'complained'
  // A suppressed address bounced or complained before, and Resend does not even try.
  if (type === 'email.suppressed') return 'bounced'
  if (type !== 'email.bounced') return null
  return bounce === 'Permanent' ? 'bounced' : 'soft_bounced'
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
