import { setImmediate as macrotask } from 'node:timers/promises'

/** Something that will happen; cancelling it twice, or too late, does nothing. */
export type Planned = { cancel(): void }

/** Virtual time and what happens in it: one thing after the other, and time passes only in between. */
export type Timeline = {
  /** Milliseconds since 1970, with fractions. */
  now(): number
  after(ms: number, happen: () => void): Planned
  sleep(ms: number): Promise<void>
  /** Work that really takes its time (the database, cryptography): nothing else happens until it is done. */
  real<Result>(work: () => Promise<Result>): Promise<Result>
  /** Lets things happen until `isOver`, which is asked after each of them, or until nothing is planned. */
  run(isOver: () => boolean): Promise<void>
}

type Happening = { at: number; order: number; happen: (() => void) | null }

/** A timeline that begins at `start`, in milliseconds since 1970. */
export function createTimeline(start: number): Timeline {
  const heap: Happening[] = []
  let now = start
  let order = 0
  let underway = 0
  const after = (ms: number, happen: () => void): Planned => {
    const happening: Happening = { at: now + Math.max(ms, 0), order: order++, happen }
    push(heap, happening)
    return {
      cancel: () => {
        happening.happen = null
      },
    }
  }
  const settled = async () => {
    // A macrotask begins when every promise that can go on has gone on.
    do await macrotask()
    while (underway > 0)
  }
  return {
    now: () => now,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    real: async (work) => {
      underway += 1
      try {
        return await work()
      } finally {
        underway -= 1
      }
    },
    run: async (isOver) => {
      await settled()
      while (!isOver()) {
        const next = pop(heap)
        if (!next) return
        if (!next.happen) continue
        now = next.at
        next.happen()
        await settled()
      }
    },
  }
}

function isBefore(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

function push(heap: Happening[], item: Happening): void {
  let place = heap.push(item) - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent] as Happening
    if (!isBefore(item, above)) break
    heap[place] = above
    place = parent
  }
  heap[place] = item
}

function pop(heap: Happening[]): Happening | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  sink(heap, last)
  return first
}

function sink(heap: Happening[], item: Happening): void {
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    const [left, right] = [heap[child], heap[child + 1]]
    if (!left) break
    if (right && isBefore(right, left)) child += 1
    const smaller = heap[child] as Happening
    if (!isBefore(smaller, item)) break
    heap[place] = smaller
    place = child
  }
  heap[place] = item
}
