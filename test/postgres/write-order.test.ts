import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimJobs, enqueueJob } from '../../db/jobs.ts'
import { migrate } from '../../db/migrate.ts'
import { findObservedAt } from '../../db/observed-at.ts'
import { writeOrder } from '../../db/orders.ts'
import { formatId } from '../../shop/ids.ts'
import { recordOf } from '../../shop/orders/order-record.ts'
import type { ObservedSession } from '../../shop/payments/observed-session.ts'
import { observedSession, refund } from '../shop/orders/observed-session.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.db`
    insert into products (id, slug, type, title, unit_amount, currency) values ('prd_book', 'book', 'direct', 'A Book', 1900, 'eur')`
})
beforeEach(() => postgres.target.batch(['truncate orders cascade', 'truncate jobs, emails']))
afterAll(() => postgres.close())

const SILENT = { tellSale: false }

/** What a sync writes that saw these facts `second` seconds after the first one. */
function record(second: number, facts: Partial<ObservedSession> = {}) {
  const observedAt = `2026-11-23 10:00:${String(second).padStart(2, '0')}.123456+00`
  const newId = (prefix: Parameters<typeof formatId>[0]) => formatId(prefix, randomBytes(16))
  return recordOf(observedSession(facts), { observedAt, newId, revoke: 'items' })
}

const write = (...facts: Parameters<typeof record>) => writeOrder(postgres.target.db, record(...facts), SILENT)

const counts = async () => {
  const [found] = await postgres.target.db`select (select count(*)::int from orders) as orders,
    (select count(*)::int from order_items) as items, (select count(*)::int from refunds) as refunds,
    (select count(*)::int from emails) as mails, (select count(*)::int from jobs) as jobs`
  return found
}
const ONCE = { orders: 1, items: 1, refunds: 0, mails: 1, jobs: 1 }

describe('writeOrder', () => {
  it('makes one order, one receipt and one job of 50 syncs of one session at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => write(i)))
    expect(await counts()).toEqual(ONCE)
    const written = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome.orderId] : []))
    expect(new Set(written).size).toBe(1)
    expect(outcomes.every(({ kind }) => kind === 'written' || kind === 'older')).toBe(true)
  })

  it('ends in what was observed last, whoever wrote last', async () => {
    for (let round = 0; round < 10; round++) {
      await postgres.target.batch(['truncate orders cascade', 'truncate jobs, emails'])
      const early = Array.from({ length: 20 }, (_, i) => () => write(i))
      const late = () => write(50, { refunds: [refund(1900)] })
      await Promise.all(early.toSpliced(round * 2, 0, late).map((begin) => begin()))
      const orders = await postgres.target.db`select status, amount_refunded::int as refunded from orders`
      expect(orders).toEqual([{ status: 'refunded', refunded: 1900 }])
      expect(await counts()).toEqual({ ...ONCE, refunds: 1, mails: 2, jobs: 2 })
    }
  })

  it('writes nothing for an older observation, nor for the same one again', async () => {
    await write(30, { refunds: [refund(1900)] })
    expect(await write(29)).toEqual({ kind: 'older' })
    expect(await write(30)).toEqual({ kind: 'older' })
    expect(await counts()).toEqual({ ...ONCE, refunds: 1, mails: 2, jobs: 2 })
    expect(await postgres.target.db`select status from orders`).toEqual([{ status: 'refunded' }])
  })

  it('orders observations by the microsecond', async () => {
    const at = await findObservedAt(postgres.target.db)
    expect(at).toMatch(/\.\d{4,6}\+00$/)
    const [whole, fraction] = ['2026-11-23 10:00:00', '+00']
    const order = record(0)
    await writeOrder(postgres.target.db, { ...order, observed_at: `${whole}.000002${fraction}` }, SILENT)
    const older = await writeOrder(
      postgres.target.db,
      { ...record(0), observed_at: `${whole}.000001${fraction}` },
      SILENT,
    )
    const newer = await writeOrder(
      postgres.target.db,
      { ...record(0), observed_at: `${whole}.000003${fraction}` },
      SILENT,
    )
    expect([older.kind, newer.kind]).toEqual(['older', 'written'])
  })

  it('settles two jobs that were about one session, at once, and makes one order', async () => {
    const { db } = postgres.target
    for (const id of ['stripe:evt_1', 'stripe:evt_2']) await enqueueJob(db, { id, kind: 'sync_order', payload: {} })
    const { jobs } = await claimJobs(db, { limit: 10, leaseSeconds: 60, holder: 'one' })
    const outcomes = await Promise.all(jobs.map((job, i) => writeOrder(db, record(i), { job, ...SILENT })))
    expect(outcomes.map(({ kind }) => kind)).not.toContain('lost')
    expect(await db`select state from jobs where kind = 'sync_order'`).toEqual([{ state: 'done' }, { state: 'done' }])
    expect(await counts()).toEqual({ ...ONCE, jobs: 3 })
  })

  it('writes nothing for a job that is somebody else’s by now', async () => {
    const { db } = postgres.target
    await enqueueJob(db, { id: 'stripe:evt_1', kind: 'sync_order', payload: {} })
    const { jobs } = await claimJobs(db, { limit: 1, leaseSeconds: 60, holder: 'one' })
    await db`update jobs set fence = fence + 1`
    const [job] = jobs
    if (!job) throw new Error('the job must have been claimed')
    expect(await writeOrder(db, record(1), { job, ...SILENT })).toEqual({ kind: 'lost' })
    expect(await counts()).toEqual({ orders: 0, items: 0, refunds: 0, mails: 0, jobs: 1 })
  })
})
