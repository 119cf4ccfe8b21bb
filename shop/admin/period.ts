/** How many days the seller looks at; the last one is today. */
export const PERIODS = [7, 30, 90, 365] as const

/** Days of the shop's own calendar as `2026-11-23`, the first and the last included. */
export type Period = { from: string; until: string }

const DAY_MS = 86_400_000

/** The day that it is in a time zone. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** The last so many days, today among them. */
export function lastDays(days: number, until: string): Period {
  return { from: shiftDay(until, 1 - days), until }
}

/** Every day of a period, in order. */
export function daysOf({ from, until }: Period): string[] {
  const count = Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1
  return Array.from({ length: Math.max(count, 0) }, (_, i) => shiftDay(from, i))
}

/** A day so many days later; calendars have no hours, so that no change of the clock matters. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10)
}
