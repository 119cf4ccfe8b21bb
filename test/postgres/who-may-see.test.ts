import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guessCode, offerCode } from '../../db/access-codes.ts'
import { raiseLinksReady } from '../../db/links-ready.ts'
import { migrate } from '../../db/migrate.ts'
import { countVisit } from '../../db/rate-limits.ts'
import { noteUnknownSession } from '../../db/unknown-sessions.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
})
afterAll(() => postgres.close())

const sessionId = 'cs_test_crowd'
const [RIGHT, WRONG] = ['a'.repeat(64), 'b'.repeat(64)]
const db: RealPostgres['target']['db'] = (...statement) => postgres.target.db(...statement)

beforeEach(async () => {
  await db`truncate orders, emails, jobs, rate_limits, unknown_sessions cascade`
  await db`
    insert into orders (id, stripe_session_id, livemode, status, email, currency, amount_subtotal, amount_discount, amount_tax,
      amount_total, paid_at, observed_at)
    values ('ord_crowd', ${sessionId}, false, 'paid', 'buyer@example.com', 'eur', 100, 0, 0, 100, now(), now())`
})

const atOnce = <Result>(times: number, act: (i: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, i) => act(i)))
const offer = (id: string) => {
  const mail = { to: 'buyer@example.com', subject: 's', html: 'h', text: 't' }
  return offerCode(db, { id, sessionId, hash: RIGHT, mail })
}
const count = async (table: 'emails' | 'jobs' | 'access_codes') => {
  const [row] = await db<{ emails: number; jobs: number; access_codes: number }>`
    select (select count(*)::int from emails) as emails, (select count(*)::int from jobs) as jobs,
      (select count(*)::int from access_codes) as access_codes`
  return row?.[table]
}

describe('on a real PostgreSQL', () => {
  it('50 guesses at once count ten, one after the other, and the rest find the code over', async () => {
    await offer('cod_1')
    const guesses = await atOnce(50, () => guessCode(db, sessionId, [WRONG]))
    const counted = guesses.flatMap((guess) => guess?.tries_left ?? [])
    expect(counted.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await guessCode(db, sessionId, [RIGHT])).toBeNull()
  })

  it('50 right guesses at once are one', async () => {
    await offer('cod_1')
    const guesses = await atOnce(50, () => guessCode(db, sessionId, [WRONG, RIGHT]))
    expect(guesses.filter(Boolean)).toEqual([{ is_right: true, tries_left: 9, order_id: 'ord_crowd', access_epoch: 1 }])
  })

  it('guesses and new codes at once never give a code an eleventh try', async () => {
    await offer('cod_0')
    const tried = await atOnce(60, async (i) => {
      await db`update access_codes set created_at = created_at - interval '2 minutes' where ${i % 6 === 0}::boolean`
      return i % 6 === 0 ? offer(`cod_${i + 1}`) : guessCode(db, sessionId, [WRONG])
    })
    const lefts = tried.flatMap((one) => (one && one !== true ? [one.tries_left] : []))
    expect(Math.min(...lefts)).toBeGreaterThanOrEqual(0)
    const [row] = await db<{ tries: number }>`select tries from access_codes`
    expect(row?.tries).toBeLessThanOrEqual(10)
  })

  it('50 wishes at once are one code, one mail and one job', async () => {
    const offered = await atOnce(50, (i) => offer(`cod_${i}`))
    expect(offered.filter(Boolean)).toHaveLength(1)
    expect([await count('access_codes'), await count('emails'), await count('jobs')]).toEqual([1, 1, 1])
  })

  it('50 looks at an order at once are one mail about its links, with one job', async () => {
    const told = await atOnce(50, () => raiseLinksReady(db, 'ord_crowd'))
    expect(told.filter(Boolean)).toHaveLength(1)
    expect([await count('emails'), await count('jobs')]).toEqual([1, 1])
  })

  it('200 visits at once are let in exactly as often as the window takes', async () => {
    // A window of a day, so that none begins meanwhile; at midnight there may be two.
    const visits = await atOnce(200, () => countVisit(db, [{ key: 'door', most: 60, seconds: 86_400 }]))
    const [{ windows } = { windows: 0 }] = await db<{
      windows: number
    }>`select count(*)::int as windows from rate_limits`
    expect(visits.filter((wait) => wait === null)).toHaveLength(60 * windows)
    expect(windows).toBeLessThanOrEqual(2)
  })

  it('visits and notes at once clear old rows away without waiting for each other', async () => {
    await db`insert into rate_limits (key, window_start, hits) select 'old' || i, now() - interval '9 days', 1 from generate_series(1, 100) i`
    await db`insert into unknown_sessions (stripe_session_id, asked_at) select 'cs_old_' || i, now() - interval '1 hour' from generate_series(1, 100) i`
    await atOnce(40, async (i) => {
      await countVisit(db, [{ key: `door${i}`, most: 60, seconds: 60 }])
      await noteUnknownSession(db, `cs_test_${i % 3}`)
    })
    const [left] = await db`select (select count(*)::int from rate_limits where key like 'old%') as windows,
      (select count(*)::int from unknown_sessions where stripe_session_id like 'cs_old_%') as sessions,
      (select count(*)::int from unknown_sessions) as all_sessions`
    expect(left).toEqual({ windows: 0, sessions: 0, all_sessions: 3 })
  })
})
