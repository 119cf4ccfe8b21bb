/** How far back to look: `text` as it was typed, `at` the moment that it means. */
export type Since = { text: string; at: Date }

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000 }

/** Reads `30d`, `12h` or `2026-11-01`; null for anything else and for what has not been yet. */
export function readSince(text: string, now: Date): Since | null {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? []
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (!count && !isDate) return null
  const at = isDate ? new Date(text) : new Date(now.getTime() - Number(count) * (UNITS[unit ?? ''] ?? 0))
  // A date such as 2026-02-30 is none; before 2010 Stripe was not there.
  const isReal = !Number.isNaN(at.getTime()) && (!isDate || at.toISOString().startsWith(text))
  return isReal && at < now && at.getUTCFullYear() >= 2010 ? { text, at } : null
}
