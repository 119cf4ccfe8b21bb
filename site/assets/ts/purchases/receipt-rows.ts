import { formatMoney } from '../../../../shop/money.ts'
import type { Purchase } from '../../../../shop/purchases/purchase-view.ts'
import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { sayDate } from './purchase-view.ts'

/** A line of a receipt under the items; `total` lines stand out. */
export type ReceiptRow = { label: string; amount: string; isTotal?: true }

/** A refund in one of these states gave no money back. */
const VOID_REFUNDS = ['failed', 'canceled']

/** What stands under the items of a receipt. The amounts of items are those that were paid: after a discount, with their tax. */
export function receiptRows(order: Purchase, locale: string): ReceiptRow[] {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, locale)
  const refunds = order.refunds.filter(({ status }) => !VOID_REFUNDS.includes(status))
  const rows: ReceiptRow[] = []
  if (order.discount > 0) rows.push({ label: words.receipt.discount, amount: money(order.discount) })
  if (order.tax > 0) rows.push({ label: words.receipt.tax, amount: money(order.tax) })
  const total = order.total === 0 ? words.receipt.total : words.receipt.totalPaid
  rows.push({ label: total, amount: money(order.total), isTotal: true })
  rows.push(...refunds.map((refund) => ({ label: refundLabel(refund, locale), amount: `−${money(refund.amount)}` })))
  if (order.refunded > 0) {
    rows.push({ label: words.receipt.left, amount: money(order.total - order.refunded), isTotal: true })
  }
  return rows
}

function refundLabel({ status, refunded_at }: Purchase['refunds'][number], locale: string): string {
  if (status !== 'succeeded') return words.receipt.refundPending
  const date = sayDate(refunded_at, locale)
  return date ? words.receipt.refundedOn(date) : words.receipt.refunds
}
