import { type Reader, text } from './params.ts'
import { StripeError } from './stripe-error.ts'

// docs.stripe.com/currencies: how many decimals Stripe's minor units have. ISK and UGX keep two for old times' sake.
const ZERO_DECIMAL = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ')
const THREE_DECIMAL = 'bhd jod kwd omr tnd'.split(' ')
const WHOLE_ONLY = ['isk', 'ugx']
const MINIMUM: Record<string, number> = {
  gbp: 30,
  jpy: 50,
  sek: 300,
  dkk: 250,
  nok: 300,
  huf: 17500,
  czk: 1500,
  pln: 200,
}
const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()))

/** How many decimals an amount in Stripe's minor units has. */
export function decimalsOf(currency: string): number {
  if (ZERO_DECIMAL.includes(currency)) return 0
  return THREE_DECIMAL.includes(currency) ? 3 : 2
}

/** An amount in minor units for people, such as `€19.00`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = decimalsOf(currency)
  const options = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat('en', options).format(amount / 10 ** digits)
}

/** A three-letter ISO code, in lower case. */
export const currency: Reader<string | undefined> = (value, param) => {
  const found = text()(value, param)?.toLowerCase()
  if (found !== undefined && !KNOWN.has(found)) throw new StripeError(`Invalid currency: ${found}`, { param })
  return found
}

/** The smallest difference between two amounts that a bank can move, in minor units. */
export function stepOf(code: string): number {
  if (THREE_DECIMAL.includes(code)) return 10
  return WHOLE_ONLY.includes(code) ? 100 : 1
}

/** Refuses amounts that no bank can move: three-decimal currencies end in 0, ISK and UGX in 00. */
export function checkGranularity(amount: number, code: string, param: string): void {
  const step = stepOf(code)
  if (amount % step !== 0)
    throw new StripeError(`Invalid amount for ${code}: must be a multiple of ${step}.`, { param })
}

/** The least that Stripe charges; zero is no charge and allowed (docs.stripe.com/currencies, minimum amounts). */
export function checkTotal(amount: number, code: string): void {
  const least = MINIMUM[code] ?? (ZERO_DECIMAL.includes(code) ? 1 : 50)
  if (amount > 99_999_999)
    throw new StripeError('The total amount must be no more than 99999999.', { code: 'amount_too_large' })
  if (amount === 0 || amount >= least) return
  const message = `The Checkout Session's total amount must be at least ${formatAmount(least, code)}.`
  throw new StripeError(message, { code: 'amount_too_small' })
}
