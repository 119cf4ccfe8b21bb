import type { MailContent } from './mail-layout.ts'
import type { MailSubject } from './mail-subject.ts'

/** A fresh link to an order, for a buyer whose link has expired and who asked for another. */
export function writeAccessLink({ shop, siteUrl, orderLink, order }: MailSubject): MailContent {
  const hasAccess = order.status === 'paid' || order.status === 'partially_refunded'
  return {
    subject: `Your fresh link from ${shop.name}`,
    preview: `Order ${order.id}`,
    heading: 'Here is your fresh link',
    paragraphs: [
      hasAccess
        ? `It opens your order with new download links. It works for ${shop.links.receiptDays} days, on any device.`
        : 'It opens your order and shows how it stands. Its files cannot be downloaded at the moment; the page says why.',
      'Whoever has this link can open the order, so please keep it to yourself.',
    ],
    action: { label: hasAccess ? 'Open your downloads' : 'Open your order', url: orderLink },
    facts: [`Order ${order.id}`],
    rows: [],
    notes: [
      'You get this mail because somebody asked for it with your address on our site. If that was not you, nothing has happened: the link came to you alone.',
      `Your purchases: ${siteUrl}/purchases/`,
      `Questions? Reply to this mail or write to ${shop.supportEmail}.`,
    ],
  }
}
