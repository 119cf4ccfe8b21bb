import { setTimeout as pause } from 'node:timers/promises'

/** Lets calls begin `ms` milliseconds apart at least; the first goes at once. */
export function createPace(ms: number): () => Promise<void> {
  let nextAt = 0
  return async () => {
    const now = performance.now()
    const wait = nextAt - now
    nextAt = Math.max(now, nextAt) + ms
    if (wait > 0) await pause(wait)
  }
}
