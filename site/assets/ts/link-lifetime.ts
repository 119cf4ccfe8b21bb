import type { Download } from './order-answer.ts'

/** Links are renewed this long before they run out, so that a click never meets one that has just died. */
const MARGIN_MS = 45_000

/** An answer's `Date` header, and this device's time in milliseconds when it came. */
export type Answered = { date: string | null; at: number }

/**
 * When a moment of the server's clock comes on this device's, in milliseconds: the device's own may be hours off. Without a `Date`
 * the two are taken for one.
 */
export function onThisDevice(moment: string, { date, at }: Answered): number {
  const serverNow = date === null ? Number.NaN : Date.parse(date)
  return at + Date.parse(moment) - (Number.isNaN(serverNow) ? at : serverNow)
}

/** When, on this device's clock, links must be renewed. */
export function renewalTime(downloads: Download[], answered: Answered): number {
  const expiry = Math.min(...downloads.map((file) => onThisDevice(file.expires_at, answered)))
  return Math.max(expiry - MARGIN_MS, answered.at)
}
