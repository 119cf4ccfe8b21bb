import type { Money } from '../money.ts'

/** Twelve digits are more than any price and fewer than a number can hold exactly. */
const FORM = /^(0|[1-9]\d{0,11})-([a-z]{3})$/

/**
 * Reads the price that a link says its page showed, `1900-eur`, in minor units. Anything else, a repeated parameter included, counts as
 * not shown: a link that somebody broke still sells, at today's price.
 */
export function readSeenPrice(values: string[]): Money | null {
  const [, amount, currency] = FORM.exec(values.length === 1 ? (values[0] ?? '') : '') ?? []
  return amount && currency ? { amount: Number(amount), currency } : null
}
