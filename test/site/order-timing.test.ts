import { describe, expect, it } from 'vitest'
import { renewalTime } from '../../site/assets/ts/link-lifetime.ts'
import { nextLook } from '../../site/assets/ts/next-look.ts'
import type { Download } from '../../site/assets/ts/order-answer.ts'

describe('nextLook', () => {
  it('asks again after 1, 2, 4, 8 and then every 10 seconds, and never stops', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((asked) => nextLook({ kind: 'processing' }, asked, 20))
    expect(waits).toEqual([1, 2, 4, 8, 10, 10])
    expect(nextLook({ kind: 'processing' }, 40, 121)).toBe(30)
    expect(nextLook({ kind: 'processing' }, 5000, 100_000)).toBe(30)
  })

  it('waits as long as a busy shop asks', () => {
    expect(nextLook({ kind: 'busy', retrySeconds: 17 }, 1, 0)).toBe(17)
  })

  it('tries now and then without a connection', () => {
    expect(nextLook({ kind: 'offline' }, 1, 0)).toBe(30)
  })

  it('leaves it at a final answer', () => {
    expect(nextLook({ kind: 'refused', state: 'refunded' }, 1, 0)).toBeNull()
    const order = { id: 'ord_1', total: 0, currency: 'eur' }
    expect(nextLook({ kind: 'paid', order, downloads: [] }, 1, 0)).toBeNull()
  })
})

describe('renewalTime', () => {
  const expiring = (expires_at: string) => ({ expires_at }) as Download
  const answered = { date: 'Tue, 03 Nov 2026 10:00:00 GMT', at: 1_000_000 }

  it('is 45 seconds before the first link runs out', () => {
    const links = [expiring('2026-11-03T10:15:00Z'), expiring('2026-11-03T10:10:00Z')]
    expect(renewalTime(links, answered)).toBe(1_000_000 + 600_000 - 45_000)
  })

  it('measures on the server’s clock, since the device’s may be hours off', () => {
    const hoursOff = { ...answered, at: Date.parse('2026-11-03T22:00:00Z') }
    expect(renewalTime([expiring('2026-11-03T10:15:00Z')], hoursOff)).toBe(hoursOff.at + 855_000)
  })

  it('takes the device’s clock where the server told no time', () => {
    const at = Date.parse('2026-11-03T10:00:00Z')
    expect(renewalTime([expiring('2026-11-03T10:15:00Z')], { date: null, at })).toBe(at + 855_000)
  })

  it('is now for a link that has run out already', () => {
    expect(renewalTime([expiring('2026-11-03T09:00:00Z')], answered)).toBe(1_000_000)
  })
})
