import { type Money, minorDigits } from '../money.ts'

/** The largest amount that Stripe takes, in minor units. */
const MOST = 99_999_999
/** docs.stripe.com/currencies, minimum charge amounts; in minor units, for those that are not 50. */
const LEAST: Record<string, number> = {
  aed: 200,
  bgn: 100,
  gbp: 30,
  hkd: 400,
  sek: 300,
  dkk: 250,
  nok: 300,
  huf: 17500,
  czk: 1500,
  mxn: 1000,
  myr: 200,
  pln: 200,
  ron: 200,
  thb: 1000,
}
/** docs.stripe.com/currencies, special cases: amounts must be whole, though they are counted in hundredths. */
const WHOLE_ONLY = ['isk', 'ugx']

/** A price in minor units, or what is wrong with how it was written. */
export type ReadPrice = { amount: number } | { fault: string }

/**
 * Reads a price as people type it: `19`, `19.5`, `19.00` or `19,00`. Nothing is guessed: what can be read in two ways, such as `1.900`, or
 * carries a thousands separator or a sign is refused with the way to write it.
 */
export function readPrice(typed: string, currency: string): ReadPrice {
  const digits = minorDigits(currency)
  const text = typed.trim()
  const found = /^(0|[1-9]\d{0,9})(?:([.,])(\d+))?$/.exec(text)
  if (!found) return { fault: `Write the price as a plain number, such as ${exampleIn(digits)}.` }
  const [, whole = '', separator, fraction = ''] = found
  if (digits === 0 && separator) return { fault: `${currency.toUpperCase()} has no decimals: write ${whole}.` }
  if (fraction.length === 3 && (digits < 3 || separator === ',')) return { fault: ambiguous(text, digits) }
  if (fraction.length > digits)
    return { fault: `${currency.toUpperCase()} has ${digits} decimals, not ${fraction.length}.` }
  return withinBounds(Number(whole + fraction.padEnd(digits, '0')), currency)
}

/** A price as it is written in files and fields, which `readPrice` reads back: `19.00`, `1500`, `1.250`. */
export function writePrice({ amount, currency }: Money): string {
  const digits = minorDigits(currency)
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function withinBounds(amount: number, currency: string): ReadPrice {
  const least = LEAST[currency] ?? (minorDigits(currency) === 0 ? leastWhole(currency) : 50)
  const step = stepOf(currency)
  if (amount > MOST) return { fault: `Stripe takes ${writePrice({ amount: MOST, currency })} at most.` }
  if (amount > 0 && amount < least)
    return { fault: `Stripe takes nothing below ${writePrice({ amount: least, currency })}; 0 gives it away for free.` }
  if (amount % step !== 0)
    return { fault: `Banks move ${currency.toUpperCase()} in steps of ${writePrice({ amount: step, currency })} only.` }
  return { amount }
}

/** docs.stripe.com/currencies: yen have a minimum of their own, of the others without decimals one is enough. */
function leastWhole(currency: string): number {
  return currency === 'jpy' ? 50 : 1
}

function stepOf(currency: string): number {
  if (minorDigits(currency) === 3) return 10
  return WHOLE_ONLY.includes(currency) ? 100 : 1
}

function exampleIn(digits: number): string {
  return digits === 0 ? '1900' : `19 or 19.${'0'.repeat(digits)}, without a thousands separator`
}

function ambiguous(text: string, digits: number): string {
  const plain = text.replace(/[.,]/, '')
  const point = text.replace(',', '.')
  const other = Number(point).toFixed(digits)
  return `${text} can be read in two ways: write ${plain} or ${other}.`
}
