import { afterEach, beforeEach, expect } from 'vitest'

const write = console.error
let expected = false
let written: unknown[][] = []

/**
 * Says that the test provokes errors which are logged. In any other test a line on console.error is a failure.
 * @returns what the test has logged so far: a test that provokes them in the background waits for the last of them
 */
export function expectErrors(): readonly unknown[][] {
  expected = true
  return written
}

beforeEach(() => {
  expected = false
  written = []
  console.error = (...words) => {
    written.push(words)
    write(...words)
  }
})

afterEach(() => {
  console.error = write
  if (!expected) expect(written, 'nothing may be logged as an error unless the test expects it').toEqual([])
})
