import { formatMoney, minorDigits } from '../../../shop/money.ts'
import { UsageError } from '../command.ts'

/** An amount in minor units as the terminal shows it: the currency by its code, since not every terminal has its sign. */
export function sayAmount(amount: number, currency: string): string {
  return `${formatMoney({ amount, currency }, 'en').replace(/[^\d.,-]/g, '')} ${currency.toUpperCase()}`
}

/** Reads `4.50` as minor units of a currency. @throws UsageError unless it is an amount above zero that the currency can have */
export function readAmount(typed: string, currency: string): number {
  const digits = minorDigits(currency)
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(typed) ?? []
  const amount = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
  if (whole && fraction.length <= digits && amount > 0) return amount
  throw new UsageError(
    `${typed} is not an amount in ${currency.toUpperCase()}, such as ${digits === 0 ? '450' : '4.50'}.`,
  )
}
