import { describe, expect, it } from 'vitest'
import { createSeal } from '../../adapters/seal.ts'

const seal = createSeal(() => ['the current secret, 32 characters', 'the one before it, 32 characters.'])

describe('a seal', () => {
  it('is a hash for each secret, the current one first, so that a code outlives the change of a secret', () => {
    const [current, previous] = seal('access_code', 'cs_test_1 123456')
    expect(current).toMatch(/^[0-9a-f]{64}$/)
    expect(createSeal(() => ['the one before it, 32 characters.'])('access_code', 'cs_test_1 123456')).toEqual([
      previous,
    ])
    expect(previous).not.toBe(current)
  })

  it('depends on the purpose and on every character', () => {
    const all = [seal('access_code', 'a b'), seal('visitor', 'a b'), seal('access_code', 'a  b')].flat()
    expect(new Set(all).size).toBe(6)
  })
})
