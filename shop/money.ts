/** An amount in minor units (cents for `eur`, yen for `jpy`, thousandths for `kwd`) with its ISO 4217 code in lower case. */
export type Money = { amount: number; currency: string }

/** How many decimals a currency's major unit has, from the Unicode CLDR data of the runtime: eur 2, jpy 0, kwd 3. */
export function minorDigits(currency: string): number {
  return numberFormat('en', currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** Money as people of `locale` write it: `formatMoney({ amount: 1900, currency: 'eur' }, 'en')` is `€19.00`. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  return numberFormat(locale, currency).format(amount / 10 ** minorDigits(currency))
}

function numberFormat(locale: string, currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'currency', currency })
}
