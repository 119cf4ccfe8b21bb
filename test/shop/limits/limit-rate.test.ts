import { describe, expect, it } from 'vitest'
import { createSeal } from '../../../adapters/seal.ts'
import type { Database } from '../../../db/database.ts'
import { TooManyRequests } from '../../../shop/errors.ts'
import { limitRate } from '../../../shop/limits/limit-rate.ts'

const MONDAY = '2026-11-23T10:00:00Z'

/** The keys under which a visit is counted; `wait` is what the database says to it. */
async function keysOf(visit: Parameters<typeof limitRate>[2], { at = MONDAY, wait = null as number | null } = {}) {
  const asked: unknown[] = []
  const db: Database = async (_strings, ...values) => {
    asked.push(...values)
    return [{ retry_after: wait }] as never
  }
  const seal = createSeal(() => ['a secret of a test, 32 characters!'])
  await limitRate({ db, seal, now: () => new Date(at) }, 'send_access_code', visit)
  return String(asked)
}
const from = (address?: string, about?: string) => (about ? { address, about } : { address })

describe('limitRate', () => {
  it('counts by network and by what is asked about', async () => {
    const key = await keysOf(from('2001:db8:1:2::1', 'cs_1'))
    expect(await keysOf(from('2001:db8:1:2:ffff::2', 'cs_1'))).toBe(key)
    expect(await keysOf(from('2001:db8:1:3::1', 'cs_1'))).not.toBe(key)
    expect(await keysOf(from('2001:db8:1:2::1', 'cs_2'))).not.toBe(key)
    expect(await keysOf(from('2001:db8:1:2::1'))).not.toBe(key)
  })

  it('keeps no address, and another hash of it every day', async () => {
    const key = await keysOf(from('203.0.113.9'))
    expect(key).toMatch(/"send_access_code:600:[0-9a-f]{32}"/)
    expect(key).not.toContain('203.0.113')
    expect(await keysOf(from('203.0.113.9'), { at: '2026-11-23T23:59:59Z' })).toBe(key)
    expect(await keysOf(from('203.0.113.9'), { at: '2026-11-24T00:00:00Z' })).not.toBe(key)
  })

  it('counts all together whose address the platform does not tell', async () => {
    expect(await keysOf(from(''))).toBe(await keysOf(from(undefined)))
  })

  it('turns away with the time to wait', async () => {
    const refused = await keysOf(from('203.0.113.9'), { wait: 17 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TooManyRequests)
    expect(refused).toMatchObject({ status: 429, retryAfter: 17 })
  })
})
