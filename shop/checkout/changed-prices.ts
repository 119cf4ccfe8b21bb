import type { Money } from '../money.ts'
import type { Basket } from './basket.ts'
import type { CheckoutLine } from './checkout-request.ts'

/** A product whose page showed another price than the database has now. */
export type ChangedPrice = { slug: string; title: string; seen: Money; now: Money }

/**
 * The products of a basket that cost something else than their pages showed; those whose page said nothing are not among them. A page
 * that named no currency meant today's.
 * @param lines the basket as priceBasket priced it
 */
export function findChangedPrices({ items }: Basket, lines: CheckoutLine[]): ChangedPrice[] {
  const changed = items.flatMap(({ slug, seen_unit_amount, seen_currency }) => {
    const line = lines.find((candidate) => candidate.slug === slug)
    if (!line || seen_unit_amount === undefined) return []
    const now = { amount: line.unit_amount, currency: line.currency }
    const seen = { amount: seen_unit_amount, currency: seen_currency ?? now.currency }
    const isSame = seen.amount === now.amount && seen.currency === now.currency
    return isSame ? [] : [{ slug, title: line.title, seen, now }]
  })
  return changed.filter(({ slug }, i) => changed.findIndex((other) => other.slug === slug) === i)
}
