import type { Shop } from '../shop-config.ts'
import type { MailContent } from './mail-layout.ts'

/** The code that opens an order in a browser which did not buy it. Not in the subject, which mailboxes show to whoever stands by. */
export function writeAccessCode(code: string, { shop, siteUrl }: { shop: Shop; siteUrl: string }): MailContent {
  return {
    subject: `Your code for ${shop.name}`,
    preview: 'It is valid for 10 minutes.',
    heading: `Your code is ${code}`,
    paragraphs: [
      'Type it in on the page where you asked for it, and your order opens there. It is valid for 10 minutes, and only the newest one works.',
      'If you did not ask for it, somebody has typed in your address. Without this code they see nothing of your order, so please give it to nobody. There is nothing else to do.',
    ],
    action: null,
    facts: [],
    rows: [],
    notes: [`The shop: ${siteUrl}`, `Questions? Reply to this mail or write to ${shop.supportEmail}.`],
  }
}
