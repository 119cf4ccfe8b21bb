import { describe, expect, it } from 'vitest'
import { readClaim } from '../../adapters/claim-cookie.ts'

const SECRET = `${'A-_'.repeat(14)}z`
const claimOf = (cookie?: string) =>
  readClaim(new Request('https://shop.example/go/book', cookie === undefined ? {} : { headers: { cookie } }))

describe('readClaim', () => {
  it.each([
    `__Host-claim=${SECRET}`,
    `a=1; __Host-claim=${SECRET}; b=2`,
    `a=1;__Host-claim=${SECRET};b=2`,
    `__Host-claim=${SECRET}; __Host-claim=${'B'.repeat(43)}`,
  ])('keeps the secret of %j', (cookie) => {
    expect(claimOf(cookie).secret).toBe(SECRET)
  })

  it.each([
    undefined,
    '',
    '__Host-claim=',
    `__Host-claim=${SECRET.slice(1)}`,
    `__Host-claim=${SECRET}x`,
    `__Host-claim="${SECRET}"`,
    `__Host-claim=${SECRET.slice(1)}.`,
    `__Host-claim=${SECRET.slice(1)}%`,
    `x__Host-claim=${SECRET}`,
    `__host-claim=${SECRET}`,
    `claim=${SECRET}`,
    `__Host-claim =${SECRET}`,
  ])('makes a new one for %j', (cookie) => {
    const { secret } = claimOf(cookie)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(secret).not.toContain(SECRET.slice(1))
  })

  it('makes none twice', () => {
    const secrets = Array.from({ length: 100 }, () => claimOf().secret)
    expect(new Set(secrets).size).toBe(100)
  })

  it('keeps a known and a new secret for a day from now, in this host and away from scripts', () => {
    for (const { secret, cookie } of [claimOf(`__Host-claim=${SECRET}`), claimOf()]) {
      expect(cookie).toBe(`__Host-claim=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400`)
    }
  })
})
