import type { GetEmailResponseSuccess, Tag } from 'resend'

/** The states that a mail can reach here; named by the vendor. */
export type MailState = Extract<
  GetEmailResponseSuccess['last_event'],
  'delivered' | 'bounced' | 'complained' | 'suppressed'
>

/** An attachment as it came over the wire: `content` is base64, or `path` says where the file lies. */
export type MailAttachment = {
  filename?: string
  content?: string
  path?: string
  content_type?: string
  content_id?: string
}

/** What a sender hands over. */
export type MailContent = {
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  reply_to: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  tags: Tag[]
  attachments: MailAttachment[]
}

/** A mail in the mailbox. Only those sent `via` Resend's API can be read back through it. */
export type Mail = MailContent & {
  id: string
  via: 'resend' | 'identity'
  idempotency_key: string | null
  state: MailState
  created_at: string
}
