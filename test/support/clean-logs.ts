import { afterAll, afterEach, expect } from 'vitest'
import { leaksOf } from './log-leaks.ts'

/** What log lines of this file's tests have leaked. Kept for the whole file, as some are written behind a test's end. */
let leaks: string[] = []

// At load, before quiet.ts keeps the console's functions: it then hands on to these.
for (const level of ['info', 'warn', 'error'] as const) {
  const write = console[level]
  console[level] = (...words: unknown[]) => {
    const [line] = words
    if (typeof line === 'string' && line.startsWith('{"at":')) leaks.push(...leaksOf(line))
    write(...words)
  }
}

/** Says that the test writes such lines on purpose. @returns what has leaked since, and forgets it */
export function takeLeaks(): string[] {
  const found = leaks
  leaks = []
  return found
}

const noLeaks = () => expect(takeLeaks(), 'no log line may hold an address, a token, a session or a secret').toEqual([])

afterEach(noLeaks)
afterAll(noLeaks)
