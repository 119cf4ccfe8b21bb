import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countVisit } from '../../db/rate-limits.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from '../simulator/simulated-database.ts'

let database: SimulatedDatabase
let now = 0

beforeAll(async () => {
  database = await openSimulatedDatabase()
})
beforeEach(async () => {
  now = Date.UTC(2031, 4, 5, 10, 0, 20)
  await database.reset(1)
})
afterAll(() => database.close())

const visit = (...limits: [most: number, seconds: number][]) =>
  countVisit(
    database.connect({ now: () => now, real: (work) => work() }, () => undefined),
    limits.map(([most, seconds]) => ({ key: `door:${seconds}`, most, seconds })),
  )
const windows = () => database.rows<{ key: string; hits: number }>('select key, hits from rate_limits order by 1')

describe('countVisit', () => {
  it('lets as many in as the window takes, then names the seconds until it ends', async () => {
    expect([await visit([2, 60]), await visit([2, 60]), await visit([2, 60])]).toEqual([null, null, 40])
    now += 39_500
    expect(await visit([2, 60])).toBe(1)
    now += 500
    expect(await visit([2, 60])).toBeNull()
  })

  it('does not write for those whom it turns away', async () => {
    for (let i = 0; i < 5; i++) await visit([2, 60])
    expect(await windows()).toEqual([{ key: 'door:60', hits: 2 }])
  })

  it('holds several windows at once, and names the longest wait', async () => {
    expect([await visit([2, 60], [3, 3600]), await visit([2, 60], [3, 3600])]).toEqual([null, null])
    now += 60_000
    expect([await visit([2, 60], [3, 3600]), await visit([2, 60], [3, 3600])]).toEqual([null, 3520])
  })

  it('counts a visit that one window turns away in no other, so that impatience costs a minute and not an hour', async () => {
    for (let i = 0; i < 9; i++) await visit([2, 60], [5, 3600])
    expect(await windows()).toEqual([
      { key: 'door:3600', hits: 2 },
      { key: 'door:60', hits: 2 },
    ])
    expect(await visit([2, 60], [5, 3600])).toBe(40)
    now += 60_000
    expect(await visit([2, 60], [5, 3600])).toBeNull()
  })

  it('clears windows of days ago away, ten at a time', async () => {
    await database.rows(`insert into rate_limits (key, window_start, hits)
      select 'old:' || i, '2031-05-01'::timestamptz, 1 from generate_series(1, 15) i`)
    await visit([2, 60])
    expect(await windows()).toHaveLength(6)
    await visit([2, 60])
    expect(await windows()).toEqual([{ key: 'door:60', hits: 2 }])
  })
})
