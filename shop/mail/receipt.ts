import { formatMoney } from '../money.ts'
import type { OrderStatus } from '../orders/order-status.ts'
import type { Shop } from '../shop-config.ts'
import type { MailContent } from './mail-layout.ts'
import type { MailOrder } from './mail-subject.ts'

/** What a receipt is written from; amounts in minor units of `currency`. */
export type ReceiptOrder = Pick<
  MailOrder,
  | 'id'
  | 'status'
  | 'currency'
  | 'amount_discount'
  | 'amount_tax'
  | 'amount_total'
  | 'amount_refunded'
  | 'paid_at'
  | 'items'
>

type Surroundings = { shop: Shop; siteUrl: string; orderLink: string }

/** The receipt of an order: what was bought, what it cost, where the files are, who sold it. An order without access gets no link to files. */
export function writeReceipt(order: ReceiptOrder, { shop, siteUrl, orderLink }: Surroundings): MailContent {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, shop.locale)
  const hasAccess = order.status === 'paid' || order.status === 'partially_refunded'
  const isFree = order.amount_total === 0
  const subtotal = order.items.reduce((sum, { unit_amount, quantity }) => sum + unit_amount * quantity, 0)
  const isTaxIncluded = order.amount_total === subtotal - order.amount_discount
  return {
    subject: isFree ? `Your order from ${shop.name}` : `Your receipt from ${shop.name}`,
    preview: `Order ${order.id}, ${money(order.amount_total)}`,
    heading: order.status === 'refunded' ? 'Your order has been refunded' : 'Thank you for your order',
    paragraphs: [opening(order.status, shop.links.receiptDays)],
    action: hasAccess ? { label: 'Open your downloads', url: orderLink } : null,
    facts: [`Order ${order.id}`, `Date: ${formatDate(order.paid_at, shop.locale)}`],
    rows: [
      ...order.items.map((item) => itemRow(item, { money, isTaxIncluded, isAlone: order.items.length === 1 })),
      ...(order.amount_discount > 0 ? [{ label: 'Discount', value: `−${money(order.amount_discount)}` }] : []),
      ...(order.amount_tax > 0 ? [{ label: taxLabel(isTaxIncluded), value: money(order.amount_tax) }] : []),
      { label: isFree ? 'Total' : 'Total paid', value: money(order.amount_total), isTotal: true },
      ...(order.amount_refunded > 0 ? [{ label: 'Refunded', value: `−${money(order.amount_refunded)}` }] : []),
    ],
    notes: [
      `Your purchases: ${siteUrl}/purchases/`,
      `Questions? Reply to this mail or write to ${shop.supportEmail}. Please name your order number.`,
    ],
  }
}

type Item = ReceiptOrder['items'][number]
type Reading = { money: (amount: number) => string; isTaxIncluded: boolean; isAlone: boolean }

/** What each line bears of discount and tax, unless it is the only one: then the order's own rows say it. */
function itemRow(item: Item, { money, isTaxIncluded, isAlone }: Reading): MailContent['rows'][number] {
  const { title, quantity, unit_amount, amount_discount, amount_tax } = item
  const label = quantity === 1 ? title : `${title} (${quantity} × ${money(unit_amount)})`
  const shares = [
    ...(amount_discount > 0 ? [`Discount −${money(amount_discount)}`] : []),
    ...(amount_tax > 0 ? [`${taxLabel(isTaxIncluded)} ${money(amount_tax)}`] : []),
  ]
  const row = { label, value: money(unit_amount * quantity) }
  return isAlone || shares.length === 0 ? row : { ...row, detail: shares.join(', ') }
}

function taxLabel(isIncluded: boolean): string {
  return isIncluded ? 'Tax included' : 'Tax'
}

function opening(status: OrderStatus, receiptDays: number): string {
  if (status === 'paid' || status === 'partially_refunded') {
    return `Your files are ready. Open your order to download them, as often as you need. The link works for ${receiptDays} days, on any device.`
  }
  if (status === 'refunded')
    return 'The payment has gone back to you, so its files can no longer be downloaded. This is the receipt for your records.'
  return 'The payment is being examined by your bank, so the files are held back until that is settled. This is the receipt for your records.'
}

function formatDate(date: Date | null, locale: string): string {
  return date ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date) : ''
}
