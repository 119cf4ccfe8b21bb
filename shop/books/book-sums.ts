import type { BookedRow } from './book-line.ts'

/** What the lines of one currency add up to, in minor units; `net` is what Stripe's balance changed by, fees aside. */
export type BookSums = { sales: number; discounts: number; tax: number; refunds: number; disputes: number; net: number }

const NOTHING: BookSums = { sales: 0, discounts: 0, tax: 0, refunds: 0, disputes: 0, net: 0 }

/** Adds lines to the sums by currency; refunds and disputes are negative, less what came back of them. */
export function addToSums(sums: Map<string, BookSums>, rows: BookedRow[]): void {
  for (const { kind, currency, discount, tax, total } of rows) {
    const { sales, discounts, tax: taxes, refunds, disputes, net } = sums.get(currency) ?? NOTHING
    sums.set(currency, {
      sales: sales + (kind.startsWith('sale') ? total : 0),
      discounts: discounts + discount,
      tax: taxes + tax,
      refunds: refunds + (kind.startsWith('refund') ? total : 0),
      disputes: disputes + (kind.startsWith('dispute') ? total : 0),
      net: net + total,
    })
  }
}
