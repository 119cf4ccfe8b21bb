import { invalid } from './resend-refusal.ts'

const MAX_RECIPIENTS = 50
const ADDRESS = /^[^\s@<>()[\],;:\\"]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z0-9-]{2,}$/
const NAMED = /^[^<>\r\n]*<([^<>]+)>$/
const FORMAT = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'

/** @throws {ResendRefusal} 422 unless `value` is one address. */
export function parseSender(value: unknown): string {
  if (typeof value === 'string' && isMailbox(value)) return value
  throw invalid(`Invalid \`from\` field. ${FORMAT}`)
}

/**
 * One address or a list of at most 50.
 * @throws {ResendRefusal} 422 when a single one is wrong: Resend then sends to none of them.
 */
export function parseRecipients(field: 'to' | 'cc' | 'bcc' | 'reply_to', value: unknown): string[] {
  const list = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || !list.every(isMailbox)) throw invalid(`Invalid \`${field}\` field. ${FORMAT}`)
  if (field === 'to' && list.length === 0) throw invalid('Invalid `to` field. It needs at least one address.')
  if (list.length > MAX_RECIPIENTS)
    throw invalid(`The \`${field}\` field must not have more than ${MAX_RECIPIENTS} addresses.`)
  return list
}

/** The bare address of `Name <email@example.com>`, in lower case. */
export function bareAddress(mailbox: string): string {
  return (NAMED.exec(mailbox.trim())?.[1] ?? mailbox).trim().toLowerCase()
}

function isMailbox(value: unknown): value is string {
  return typeof value === 'string' && ADDRESS.test(bareAddress(value)) && !/[\r\n]/.test(value)
}
