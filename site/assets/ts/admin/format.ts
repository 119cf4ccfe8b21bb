import { formatMoney } from '../../../../shop/money.ts'
import { locale, timeZone } from './page.ts'

/** An amount in minor units of a currency. */
export function sayMoney(amount: number, currency: string): string {
  return formatMoney({ amount, currency }, locale)
}

export function sayCount(count: number): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** A moment in the shop's own time zone, to the minute. */
export function sayMoment(at: string | Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at))
}

/** A day of the shop's calendar, such as `2026-11-23`. */
export function sayDay(day: string, style: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(day))
}
