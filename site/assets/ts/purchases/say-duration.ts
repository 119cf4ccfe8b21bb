/** A span of time as people say it, rounded up: `40 seconds`, `5 minutes`, `23 hours`. */
export function sayDuration(seconds: number, locale: string): string {
  const [unit, size] = seconds > 5400 ? ['hour', 3600] : seconds >= 120 ? ['minute', 60] : ['second', 1]
  const style = { style: 'unit', unit: String(unit), unitDisplay: 'long' } as const
  return new Intl.NumberFormat(locale, style).format(Math.ceil(seconds / Number(size)))
}
