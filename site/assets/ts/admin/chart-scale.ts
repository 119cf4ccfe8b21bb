/** The lines of a chart: from the lowest to the highest, zero among them, all at round numbers. */
export function chartLines(lowest: number, highest: number): number[] {
  const span = Math.max(highest, 0) - Math.min(lowest, 0)
  if (span === 0) return [0, 1]
  const step = niceStep(span / 3)
  const first = Math.floor(Math.min(lowest, 0) / step)
  const last = Math.ceil(Math.max(highest, 0) / step)
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

/** 1, 2 or 5 times a power of ten, at least as large as asked, and a whole number. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? 10 * power
}
