/** A span of time as people say it: `40 seconds`, and from two minutes on in minutes, rounded up. */
export function sayTime(seconds: number, locale: string): string {
  const inMinutes = seconds >= 120
  const style = { style: 'unit', unit: inMinutes ? 'minute' : 'second', unitDisplay: 'long' } as const
  return new Intl.NumberFormat(locale, style).format(Math.ceil(inMinutes ? seconds / 60 : seconds))
}
