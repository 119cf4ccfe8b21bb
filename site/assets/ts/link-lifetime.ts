import type { Download } from './order-answer.ts'

/** Links are renewed this long before they run out, so that a click never meets one that has just died. */
const MARGIN_MS = 45_000

/**
 * When, on this device's clock, links must be renewed. Lifetimes are measured on the server's clock, which `Date` in its answer
 * told: the device's own may be hours off.
 * @param answered the answer's `Date` header, and this device's time in milliseconds when it came
 */
export function renewalTime(downloads: Download[], answered: { date: string | null; at: number }): number {
  const expiry = Math.min(...downloads.map((file) => Date.parse(file.expires_at)))
  const serverNow = answered.date === null ? Number.NaN : Date.parse(answered.date)
  const lifetime = expiry - (Number.isNaN(serverNow) ? answered.at : serverNow)
  return answered.at + Math.max(lifetime - MARGIN_MS, 0)
}
