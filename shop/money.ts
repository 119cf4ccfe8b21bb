/** An amount in minor units (cents for `eur`, yen for `jpy`, thousandths for `kwd`) with its ISO 4217 code in lower case. */
export type Money = { amount: number; currency: string }

/** docs.stripe.com/currencies. ISK and UGX have none either, but Stripe keeps two for old times' sake. */
const ZERO_DECIMAL = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ')
const THREE_DECIMAL = 'bhd jod kwd omr tnd'.split(' ')

/**
 * How many decimals our amounts have in this currency: eur 2, jpy 0, kwd 3. The runtime's own data would not do: it writes forints and
 * rupiahs without decimals, while Stripe counts them in hundredths, so a price would be shown a hundredfold.
 * @throws RangeError for what is no currency code
 */
export function minorDigits(currency: string): number {
  if (customaryDigits('en', currency) === undefined || ZERO_DECIMAL.includes(currency)) return 0
  return THREE_DECIMAL.includes(currency) ? 3 : 2
}

/** Money as people of `locale` write it: `formatMoney({ amount: 1900, currency: 'eur' }, 'en')` is `€19.00`. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const digits = minorDigits(currency)
  const customary = customaryDigits(locale, currency) ?? digits
  const isWhole = amount % 10 ** (digits - customary) === 0
  const shown = customary < digits && isWhole ? customary : digits
  return moneyFormat(locale, currency, shown).format(amount / 10 ** digits)
}

/** With how many decimals people write it. */
function customaryDigits(locale: string, currency: string): number | undefined {
  return moneyFormat(locale, currency).resolvedOptions().maximumFractionDigits
}

const formats = new Map<string, Intl.NumberFormat>()

/** Kept, since making one takes longer than using it a thousand times, and nine kilobytes outside of the heap. */
function moneyFormat(locale: string, currency: string, digits?: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction })
  formats.set(key, format)
  return format
}
