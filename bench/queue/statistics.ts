/** A figure of several rounds: the one in the middle, and how far the others lie apart. */
export type Figure = { median: number; min: number; max: number }

export function summarise(values: number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b)
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (min === undefined || max === undefined) throw new RangeError('a figure needs at least one value')
  return { median: middle(sorted), min, max }
}

function middle(sorted: number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
  return (lower + upper) / 2
}
