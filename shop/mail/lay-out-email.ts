import type { Shop } from '../shop-config.ts'
import { layoutHtml, layoutText, type MailContent } from './mail-layout.ts'

/** A mail's final bytes; `to` is one address. */
export type LaidOutEmail = { to: string; subject: string; html: string; text: string }

/** Gives a mail its look, its plain text, and a subject that is safe in a header. */
export function layOutEmail(shop: Shop, to: string, content: MailContent): LaidOutEmail {
  const subject = headerText(content.subject)
  return { to, subject, html: layoutHtml(content, shop), text: layoutText(content, shop) }
}

/** One line for a header: no control characters, and not longer than mailboxes show. */
function headerText(text: string): string {
  return Array.from(text.replace(/\p{C}+/gu, ' '))
    .slice(0, 200)
    .join('')
}
