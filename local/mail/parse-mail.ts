import type { Tag } from 'resend'
import type { MailAttachment, MailContent } from './mail.ts'
import { parseRecipients, parseSender } from './mail-address.ts'
import { invalid, missing, ResendRefusal } from './resend-refusal.ts'

const TAG = /^[A-Za-z0-9_-]{1,256}$/
const MAX_ATTACHED_BYTES = 40 * 1024 * 1024
const NOT_EMULATED = ['scheduled_at', 'template', 'topic_id']

/**
 * Reads the body of `POST /emails` as Resend does.
 * @throws {ResendRefusal} 422 that names the first field which is missing or wrong. A feature that the local mailbox
 * does not have is refused as well: a mail that looks sent and is not would be worse.
 */
export function parseMail(body: unknown): MailContent {
  const fields = asObject(body)
  for (const field of NOT_EMULATED) {
    if (isGiven(fields[field])) throw invalid(`The local mailbox does not know \`${field}\`.`)
  }
  if (!isGiven(fields.to)) throw missing('to')
  const html = optionalText(fields, 'html')
  const text = optionalText(fields, 'text')
  if (!html && !text) throw invalid('Missing `html` or `text` field.')
  if (!isGiven(fields.subject) || fields.subject === '') throw missing('subject')
  if (!isGiven(fields.from) || fields.from === '') throw missing('from')
  return {
    from: parseSender(fields.from),
    to: parseRecipients('to', fields.to),
    cc: parseRecipients('cc', fields.cc ?? []),
    bcc: parseRecipients('bcc', fields.bcc ?? []),
    reply_to: parseRecipients('reply_to', fields.reply_to ?? []),
    subject: parseSubject(fields.subject),
    html,
    text,
    headers: parseHeaders(fields.headers ?? {}),
    tags: asList('tags', fields.tags ?? []).map(parseTag),
    attachments: parseAttachments(fields.attachments ?? []),
  }
}

function parseSubject(value: unknown): string {
  if (typeof value !== 'string') throw invalid('Invalid `subject` field. It must be a string.')
  if (/[\r\n]/.test(value)) throw invalid('The `\\n` is not allowed in the `subject` field.')
  return value
}

function parseHeaders(value: unknown): Record<string, string> {
  const entries = Object.entries(asObject(value, 'headers'))
  for (const [name, content] of entries) {
    if (typeof content !== 'string') throw invalid(`Invalid \`headers\` field. \`${name}\` must be a string.`)
  }
  return Object.fromEntries(entries) as Record<string, string>
}

function parseTag(value: unknown): Tag {
  const { name, value: content } = asObject(value, 'tags')
  if (typeof name === 'string' && typeof content === 'string' && TAG.test(name) && TAG.test(content)) {
    return { name, value: content }
  }
  throw invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes, and at most 256 of them.')
}

function parseAttachments(value: unknown): MailAttachment[] {
  const attachments = asList('attachments', value).map(parseAttachment)
  const size = attachments.reduce((sum, { content }) => sum + (content?.length ?? 0), 0)
  if (size > MAX_ATTACHED_BYTES) throw invalid('Attachments must not exceed 40 MB.')
  return attachments
}

function parseAttachment(value: unknown): MailAttachment {
  const fields = asObject(value, 'attachments')
  const given = Object.entries(fields).filter(([, field]) => typeof field === 'string')
  const attachment: MailAttachment = Object.fromEntries(given)
  if (attachment.content === undefined && attachment.path === undefined) {
    const refusal = { statusCode: 422, name: 'invalid_attachment' } as const
    throw new ResendRefusal(refusal, 'Attachment must have either a `content` or `path`.')
  }
  return attachment
}

function optionalText(fields: Record<string, unknown>, field: string): string | null {
  const value = fields[field]
  if (!isGiven(value)) return null
  if (typeof value !== 'string') throw invalid(`Invalid \`${field}\` field. It must be a string.`)
  return value
}

function asObject(value: unknown, field = 'body'): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw invalid(`Invalid \`${field}\` field. It must be an object.`)
}

function asList(field: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw invalid(`Invalid \`${field}\` field. It must be an array.`)
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}
