import { minorDigits } from '../../../../shop/money.ts'

/** Reads what somebody typed as an amount, `4.50` or `4,50`, into minor units; null when it is none, or has too many decimals. */
export function readTypedAmount(typed: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const [, whole = '', fraction = ''] = /^\s*(\d{1,9})(?:[.,](\d{0,3}))?\s*$/.exec(typed) ?? []
  if (!whole || fraction.length > digits) return null
  const amount = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
  return amount > 0 ? amount : null
}
