/** A stream of random numbers that its seed decides, so that a run can be repeated exactly. */
export type Chance = {
  /** At least 0, less than 1. */
  next(): number
  /** Whether something of this probability happens now. */
  hits(probability: number): boolean
  between(low: number, high: number): number
  /** A whole number of at least 0, less than `below`. */
  whole(below: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Mulberry32: 32 bits of state, good enough to shuffle with and the same on every machine. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    hits: (probability) => probability > 0 && next() < probability,
    between: (low, high) => low + next() * (high - low),
    whole: (below) => Math.floor(next() * below),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  }
}
