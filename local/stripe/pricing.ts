import { stepOf } from './currencies.ts'
import type { Coupon, LineItem, Session } from './wire-types.ts'

/** The stand-in's one tax rate, in percent, when a session asks for automatic tax. */
export const TAX_PERCENT = 10

type Rules = { coupon?: Coupon | undefined; taxed: boolean }

/**
 * The lines with discount, tax and total worked out, in minor units. Tax is a share of what is left after the
 * discount; `amount_subtotal` stays before both (docs.stripe.com/api/checkout/sessions/line_items).
 */
export function priceLines(lines: LineItem[], { coupon, taxed }: Rules): LineItem[] {
  const discounts = allocate(lines, coupon)
  return lines.map((line, place) => {
    const amount_discount = discounts[place] ?? 0
    const taxable = line.amount_subtotal - amount_discount
    const inclusive = isInclusive(line)
    const amount_tax = taxed ? taxOn(taxable, inclusive, stepOf(line.currency)) : 0
    return { ...line, amount_discount, amount_tax, amount_total: taxable + (inclusive ? 0 : amount_tax) }
  })
}

/** The session with its lines' totals. */
export function totalled(session: Session, lines: LineItem[]): Session {
  const sum = (read: (line: LineItem) => number) => lines.reduce((total, line) => total + read(line), 0)
  return {
    ...session,
    amount_subtotal: sum((line) => line.amount_subtotal),
    amount_total: sum((line) => line.amount_total),
    total_details: {
      amount_discount: sum((line) => line.amount_discount),
      amount_shipping: 0,
      amount_tax: sum((line) => line.amount_tax),
    },
  }
}

function taxOn(taxable: number, inclusive: boolean, step: number): number {
  const tax = inclusive ? (taxable * TAX_PERCENT) / (100 + TAX_PERCENT) : (taxable * TAX_PERCENT) / 100
  return Math.round(tax / step) * step
}

// Stripe's "automatic" default where a price does not say: exclusive in the US and Canada, inclusive elsewhere.
function isInclusive(line: LineItem): boolean {
  const behavior = line.price?.tax_behavior
  if (behavior === 'inclusive' || behavior === 'exclusive') return behavior === 'inclusive'
  return line.currency !== 'usd' && line.currency !== 'cad'
}

// In proportion to the lines' amounts, in units that a bank can move; those that rounding leaves over go to the first lines that can bear them.
function allocate(lines: LineItem[], coupon: Coupon | undefined): number[] {
  const products = coupon?.applies_to?.products
  const bases = lines.map((line) =>
    products && !products.includes(line.price?.product ?? '') ? 0 : line.amount_subtotal,
  )
  const base = bases.reduce((total, amount) => total + amount, 0)
  const step = stepOf(lines[0]?.currency ?? '')
  const discount = coupon === undefined || base === 0 ? 0 : Math.round(discountOn(base, coupon) / step) * step
  const shares = bases.map((amount) => (base === 0 ? 0 : Math.floor((discount * amount) / base / step) * step))
  let rest = discount - shares.reduce((total, share) => total + share, 0)
  return shares.map((share, place) => {
    const extra = rest > 0 && share < (bases[place] ?? 0) ? step : 0
    rest -= extra
    return share + extra
  })
}

function discountOn(base: number, coupon: Coupon): number {
  if (coupon.percent_off !== null) return (base * coupon.percent_off) / 100
  return Math.min(base, coupon.amount_off ?? 0)
}
