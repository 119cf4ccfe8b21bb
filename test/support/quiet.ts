import { afterEach, beforeEach, expect, vi } from 'vitest'

/** Errors that a test expects to be logged: `expectErrors()` before the act. Any other console.error fails the test. */
let expected = false

export function expectErrors(): void {
  expected = true
}

beforeEach(() => {
  expected = false
  vi.spyOn(console, 'error')
})

afterEach(() => {
  const calls = vi.mocked(console.error).mock.calls
  vi.mocked(console.error).mockRestore()
  if (!expected) expect(calls, 'nothing may be logged as an error unless the test expects it').toEqual([])
})
