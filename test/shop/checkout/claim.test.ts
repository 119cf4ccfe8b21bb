import { describe, expect, it } from 'vitest'
import { hashClaim, isClaimedBy } from '../../../shop/checkout/claim.ts'

describe('hashClaim', () => {
  it('is SHA-256 in hexadecimal digits', () => {
    expect(hashClaim('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('isClaimedBy', () => {
  it('knows the secret by its hash', () => {
    expect(isClaimedBy('abc', hashClaim('abc'))).toBe(true)
  })

  it.each([
    ['another secret', 'abd', hashClaim('abc')],
    ['no secret', null, hashClaim('abc')],
    ['an empty secret', '', hashClaim('abc')],
    ['the hash itself', hashClaim('abc'), hashClaim('abc')],
    ['an order without a claim', 'abc', null],
    ['neither', null, null],
    ['an empty hash', '', ''],
    ['a hash that was cut off', 'abc', hashClaim('abc').slice(0, 32)],
  ])('refuses %s', (_what, secret, hash) => {
    expect(isClaimedBy(secret, hash)).toBe(false)
  })
})
