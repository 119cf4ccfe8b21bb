import { setTimeout as pause } from 'node:timers/promises'

type Clock = { now(): number; pause(ms: number): Promise<unknown> }

const REAL: Clock = { now: () => performance.now(), pause }

/** Lets calls begin `ms` milliseconds apart at least; the first goes at once. */
export function createPace(ms: number, clock = REAL): () => Promise<void> {
  let nextAt = 0
  return async () => {
    const now = clock.now()
    const wait = nextAt - now
    nextAt = Math.max(now, nextAt) + ms
    if (wait > 0) await clock.pause(wait)
  }
}
