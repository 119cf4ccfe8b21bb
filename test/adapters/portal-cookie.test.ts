import { describe, expect, it } from 'vitest'
import { ENDED_PORTAL, portalCookie, readCredentials } from '../../adapters/portal-cookie.ts'

const SECRET = `pse_${'a1'.repeat(13)}`
const read = (cookie: string) => readCredentials(new Request('https://shop.example/', { headers: { cookie } }))

describe('readCredentials', () => {
  it('reads both', () => {
    expect(read(`a=b; nf_jwt=x.y.z; __Host-portal=${SECRET}`)).toEqual({ account: 'x.y.z', portal: SECRET })
  })

  it('takes what a browser was given', () => {
    expect(read(portalCookie(SECRET).split(';')[0] ?? '').portal).toBe(SECRET)
    expect(read(ENDED_PORTAL.split(';')[0] ?? '').portal).toBeNull()
  })

  it.each([
    '',
    'nf_jwt=',
    'xnf_jwt=a.b.c',
    '__Host-portal=',
    '__Host-portal=x',
    `__Host-portal=${SECRET}0`,
    `host-portal=${SECRET}`,
  ])('finds nothing in %j', (cookie) => expect(read(cookie)).toEqual({ account: null, portal: null }))
})
