import { type Figure, summarise } from './statistics.ts'

/** What was measured, round by round: `of` is a metric such as `noop`, `who` a contender. */
export type Samples = {
  add(of: string, who: string, value: number): void
  has(of: string, who: string): boolean
  figure(of: string, who: string): Figure
  /**
   * The first value of each round divided by the second's: neighbours in time share the machine's mood, so their ratio is steadier
   * than a ratio of medians.
   */
  ratio(first: [of: string, who: string], second: [of: string, who: string]): Figure
  /** The same with a subtraction. */
  difference(first: [of: string, who: string], second: [of: string, who: string]): Figure
}

export function createSamples(): Samples {
  const values = new Map<string, number[]>()
  const read = (of: string, who: string) => values.get(`${of}/${who}`) ?? []
  const pairs = (first: [string, string], second: [string, string], combine: (a: number, b: number) => number) => {
    const others = read(...second)
    return summarise(read(...first).map((value, round) => combine(value, others[round] ?? Number.NaN)))
  }
  return {
    add: (of, who, value) => void values.set(`${of}/${who}`, [...read(of, who), value]),
    has: (of, who) => read(of, who).length > 0,
    figure: (of, who) => summarise(read(of, who)),
    ratio: (first, second) => pairs(first, second, (a, b) => a / b),
    difference: (first, second) => pairs(first, second, (a, b) => a - b),
  }
}
