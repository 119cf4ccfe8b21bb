import { formatMoney } from '../money.ts'
import type { MailContent } from './mail-layout.ts'
import type { MailSubject } from './mail-subject.ts'

/** Tells the buyer that money has gone back, in whole or in part. */
export function writeRefund({ shop, siteUrl, orderLink, order, payload }: MailSubject): MailContent {
  const amount = refundAmount({ order, payload })
  const sum = formatMoney({ amount, currency: order.currency }, shop.locale)
  const isFull = order.status === 'refunded'
  const isClosed = isFull || shop.refunds.revoke === 'always'
  return {
    subject: `Your refund from ${shop.name}`,
    preview: `${sum} for order ${order.id}`,
    heading: `${sum} is on its way back to you`,
    paragraphs: [
      'It goes to the card or account that you paid with. Banks usually show it within 5 to 10 days.',
      rest(isFull, isClosed),
    ],
    action: isClosed ? null : { label: 'Open your order', url: orderLink },
    facts: [`Order ${order.id}`],
    rows: [{ label: 'Refunded', value: sum, isTotal: true }],
    notes: closingNotes(shop.supportEmail, siteUrl),
  }
}

/** Corrects a refund mail that went out: the bank has sent the money back to the seller. */
export function writeRefundFailed({ shop, siteUrl, orderLink, order, payload }: MailSubject): MailContent {
  const sum = formatMoney({ amount: refundAmount({ order, payload }), currency: order.currency }, shop.locale)
  return {
    subject: `Your refund from ${shop.name} did not go through`,
    preview: `${sum} for order ${order.id} came back to us`,
    heading: `The refund of ${sum} did not go through`,
    paragraphs: [
      'We wrote that this refund was on its way, but your bank could not take it, so the money came back to us.',
      `Please write to ${shop.supportEmail} and tell us how you would like to be paid.`,
    ],
    action: order.status === 'refunded' ? null : { label: 'Open your order', url: orderLink },
    facts: [`Order ${order.id}`],
    rows: [],
    notes: closingNotes(shop.supportEmail, siteUrl),
  }
}

/** Tells the buyer that a delayed payment did not arrive. */
export function writePaymentFailed({ shop, siteUrl, order }: MailSubject): MailContent {
  return {
    subject: `Your payment to ${shop.name} did not go through`,
    preview: `Order ${order.id} was not paid`,
    heading: 'Your payment did not go through',
    paragraphs: [
      'Your bank has declined the payment of this order, so nothing was charged and no files were delivered.',
      'You can order again whenever you like, with another way to pay.',
    ],
    action: { label: 'Back to the store', url: `${siteUrl}/store/` },
    facts: [`Order ${order.id}`],
    rows: order.items.map(({ title, quantity }) => ({ label: title, value: `× ${quantity}` })),
    notes: closingNotes(shop.supportEmail, siteUrl),
  }
}

function rest(isFull: boolean, isClosed: boolean): string {
  if (isFull) return 'The order is refunded in full, so its files can no longer be downloaded.'
  return isClosed
    ? 'With it the order is closed, so its files can no longer be downloaded.'
    : 'The rest of your order stays as it is.'
}

function refundAmount({ order, payload }: Pick<MailSubject, 'order' | 'payload'>): number {
  return order.refunds.find((refund) => refund.stripe_refund_id === payload.stripe_refund_id)?.amount ?? 0
}

function closingNotes(supportEmail: string, siteUrl: string): string[] {
  return [`Your purchases: ${siteUrl}/purchases/`, `Questions? Reply to this mail or write to ${supportEmail}.`]
}
