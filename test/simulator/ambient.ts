import { AsyncLocalStorage } from 'node:async_hooks'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'

type Surroundings = { timeline: Timeline; chance: Chance; fetch: typeof fetch }

/**
 * Puts virtual time, seeded chance and a simulated network where code finds them by itself: timers, `Math.random`, the random functions
 * of node:crypto and the global `fetch`. So the vendors' own SDKs wait, repeat and time out in virtual time.
 * @returns a function that puts everything back
 */
export function replaceAmbient({ timeline, chance, fetch }: Surroundings): () => void {
  const { setTimeout, clearTimeout, fetch: realFetch } = globalThis
  const { random } = Math
  const { timeout } = AbortSignal
  const { randomInt, randomUUID, randomBytes } = crypto
  Object.assign(globalThis, { ...timersOf(timeline), fetch })
  Math.random = () => chance.next()
  AbortSignal.timeout = (ms) => signalAfter(timeline, ms)
  Object.assign(crypto, randomnessOf(chance))
  syncBuiltinESMExports()
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout, fetch: realFetch })
    Math.random = random
    AbortSignal.timeout = timeout
    Object.assign(crypto, { randomInt, randomUUID, randomBytes })
    syncBuiltinESMExports()
  }
}

function timersOf(timeline: Timeline) {
  return {
    setTimeout: (happen: (...words: unknown[]) => void, ms = 0, ...words: unknown[]) => {
      // What a timer begins belongs to whoever set it.
      const planned = timeline.after(
        ms,
        AsyncLocalStorage.bind(() => happen(...words)),
      )
      const timer = { ...planned, unref: () => timer, ref: () => timer, hasRef: () => true, refresh: () => timer }
      return timer
    },
    clearTimeout: (timer?: { cancel(): void } | null) => timer?.cancel(),
  }
}

function signalAfter(timeline: Timeline, ms: number): AbortSignal {
  const controller = new AbortController()
  timeline.after(ms, () => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')))
  return controller.signal
}

function randomnessOf(chance: Chance) {
  const randomBytes = (size: number) => Buffer.from(Array.from({ length: size }, () => chance.whole(256)))
  return {
    randomBytes,
    randomInt: (low: number, high?: number) =>
      high === undefined ? chance.whole(low) : low + chance.whole(high - low),
    randomUUID: () =>
      randomBytes(16)
        .toString('hex')
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5'),
  }
}
