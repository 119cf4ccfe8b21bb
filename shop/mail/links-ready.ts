import type { MailContent } from './mail-layout.ts'
import type { MailSubject } from './mail-subject.ts'

/** Tells the buyer that the links are there, and how to get fresh ones: the links themselves live for minutes and are in no mail. */
export function writeLinksReady({ shop, siteUrl, orderLink, order }: MailSubject): MailContent {
  const minutes = shop.links.downloadMinutes
  return {
    subject: `Your download links from ${shop.name} are ready`,
    preview: `Order ${order.id}`,
    heading: 'Your download links are ready',
    paragraphs: [
      `For your safety each download link works for ${minutes} minutes only. Whenever you open your order you get fresh ones, as often as you need.`,
      `The link to your order in this mail works on any device for ${shop.links.receiptDays} days.`,
    ],
    action: { label: 'Open your order', url: orderLink },
    facts: [`Order ${order.id}`],
    rows: order.items.map(({ title, quantity }) => ({ label: title, value: quantity > 1 ? `× ${quantity}` : '' })),
    notes: [
      `All that you have bought: ${siteUrl}/purchases/`,
      `Questions? Reply to this mail or write to ${shop.supportEmail}.`,
    ],
  }
}
