import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { listDeadJobs, purgeJobs, readQueueStats, redriveJobs } from '../../db/job-care.ts'
import { claimJobs, enqueueJob, failJob } from '../../db/jobs.ts'
import { writeOrder } from '../../db/orders.ts'
import { formatId } from '../../shop/ids.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import { recordOf } from '../../shop/orders/order-record.ts'
import { dispute, observedSession } from '../shop/orders/observed-session.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { settleJobs } from '../support/settle-jobs.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const { connectionString, endpoint } = database
  db = createMigrationTarget({ NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint }).db
})
afterAll(() => database.close())
beforeEach(() =>
  database.pglite.exec(
    `truncate jobs, emails, orders cascade; update worker_slots set holder = null, lease_until = '-infinity'`,
  ),
)

const add = (id: string) => enqueueJob(db, { id, kind: 'sync_order', payload: {} })
const rows = async (sql: string) => (await database.pglite.query<Record<string, unknown>>(sql)).rows
const DEADLY = { kind: 'final', error: 'it is broken', retryAfter: 0 } as const

/** Claims a job that is no mail: what the seller is told waits here. */
async function claimOne(): Promise<ClaimedJob> {
  await database.pglite.exec(`
    update worker_slots set lease_until = '-infinity'; update jobs set due_at = now() + interval '1 hour' where kind = 'send_email'`)
  const { jobs } = await claimJobs(db, { limit: 1, leaseSeconds: 60, holder: randomBytes(4).toString('hex') })
  if (!jobs[0]) throw new Error('a job should have been due')
  return jobs[0]
}

describe('readQueueStats', () => {
  it('counts what is open, running, late, dead, done and held, and says how old the oldest due job is', async () => {
    expect(await readQueueStats(db)).toEqual({ kinds: [], oldest_due_seconds: 0, held_mails: 0 })
    await database.pglite.exec(`
      insert into jobs (id, kind, state, due_at, lease_until, finished_at) values
        ('fresh', 'sync_order', 'open', now(), '-infinity', null),
        ('late', 'sync_order', 'open', now() - interval '20 minutes', '-infinity', null),
        ('running', 'sync_order', 'open', now() - interval '40 minutes', now() + interval '1 minute', null),
        ('later', 'sync_order', 'open', now() + interval '1 hour', '-infinity', null),
        ('dead', 'sync_order', 'dead', now() - interval '1 day', '-infinity', now()),
        ('done', 'send_email', 'done', now() - interval '1 day', '-infinity', now());
      insert into emails (id, kind, to_address, subject, rendered_at, first_attempt_at, sent_at, voided_at) values
        ('held', 'receipt', 'a', 's', now(), now() - interval '24 hours', null, null),
        ('tried', 'receipt', 'a', 's', now(), now() - interval '1 hour', null, null),
        ('sent', 'receipt', 'a', 's', now(), now() - interval '24 hours', now(), null),
        ('void', 'refund', 'a', 's', now(), now() - interval '24 hours', null, now())`)
    const { kinds, oldest_due_seconds, held_mails } = await readQueueStats(db)
    expect(kinds).toEqual([
      { kind: 'send_email', open: 0, running: 0, late: 0, dead: 0, done: 1 },
      { kind: 'sync_order', open: 4, running: 1, late: 1, dead: 1, done: 0 },
    ])
    expect([Math.round(oldest_due_seconds / 60), held_mails]).toEqual([20, 1])
  })
})

describe('redriveJobs', () => {
  it('lets a dead job live again with all its attempts, and keeps an old worker out by its fence', async () => {
    await add('a')
    const old = await claimOne()
    await failJob(db, old, DEADLY)
    expect(await listDeadJobs(db, 10)).toMatchObject([{ id: 'a', attempts: 1, last_error: 'it is broken' }])
    expect(await redriveJobs(db, { id: 'a' })).toEqual(['a'])
    const job = await claimOne()
    expect([job.fence, job.attempts]).toEqual([old.fence + 1, 1])
    expect(await settleJobs(db, [old])).toEqual([])
    expect(await failJob(db, old, DEADLY)).toBeNull()
    expect(await settleJobs(db, [job])).toEqual(['a'])
  })

  it('takes one job or all of them, dead ones only', async () => {
    for (const id of ['a', 'b', 'c']) await add(id)
    for (let i = 0; i < 2; i++) await failJob(db, await claimOne(), DEADLY)
    expect(await redriveJobs(db, { id: 'c' })).toEqual([])
    expect((await redriveJobs(db, 'all')).toSorted()).toEqual(['a', 'b'])
    expect(await redriveJobs(db, 'all')).toEqual([])
  })

  it('tells the seller again of a job that dies again', async () => {
    await add('a')
    for (let round = 0; round < 2; round++) {
      await failJob(db, await claimOne(), DEADLY)
      await redriveJobs(db, { id: 'a' })
    }
    expect(await rows(`select id from emails order by id`)).toEqual([
      { id: 'seller_dead_job:a:1' },
      { id: 'seller_dead_job:a:2' },
    ])
  })
})

describe('purgeJobs', () => {
  const finished = (state: string, days: number, count: number) =>
    database.pglite.exec(`
      insert into jobs (id, kind, state, finished_at)
      select '${state}' || ${days} || ':' || i, 'sync_order', '${state}', now() - interval '${days} days' from generate_series(1, ${count}) i`)

  it('takes away what was done more than 90 days ago, in batches, and nothing that is dead, open or younger', async () => {
    await finished('done', 91, 25)
    await finished('done', 89, 2)
    await finished('dead', 400, 2)
    await add('open')
    expect([
      await purgeJobs(db, { days: 90, limit: 10 }),
      await purgeJobs(db, { days: 90, limit: 10 }),
      await purgeJobs(db, { days: 90, limit: 10 }),
      await purgeJobs(db, { days: 90, limit: 10 }),
    ]).toEqual([10, 10, 5, 0])
    expect(await rows('select state, count(*)::int as jobs from jobs group by 1 order by 1')).toEqual([
      { state: 'dead', jobs: 2 },
      { state: 'done', jobs: 2 },
      { state: 'open', jobs: 1 },
    ])
  })

  it('sends no second receipt when a dispute comes on day 100, nor makes a second order', async () => {
    const sync = async (day: number, facts = {}) => {
      await add(`stripe:evt_${day}`)
      const observedAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString()
      const newId = (prefix: Parameters<typeof formatId>[0]) => formatId(prefix, randomBytes(16))
      const record = recordOf(observedSession(facts), { observedAt, newId, revoke: 'items' })
      return writeOrder(db, record, { job: await claimOne(), tellSale: true })
    }
    const sale = await sync(0)
    await database.pglite.exec(
      `update jobs set state = 'done', finished_at = now() - interval '100 days', lease_until = '-infinity'`,
    )
    expect(await purgeJobs(db, { days: 90, limit: 100 })).toBe(3)
    const late = await sync(100, { disputes: [dispute('needs_response')] })
    expect(late).toMatchObject({
      kind: 'written',
      status: 'disputed',
      orderId: sale.kind === 'written' && sale.orderId,
    })
    expect(await rows(`select kind from emails order by kind`)).toEqual([
      { kind: 'receipt' },
      { kind: 'seller_dispute' },
      { kind: 'seller_sale' },
    ])
    expect(await rows(`select id from jobs where kind = 'send_email'`)).toEqual([{ id: 'mail:seller_dispute:du_1' }])
    expect(await rows('select count(*)::int as orders from orders')).toEqual([{ orders: 1 }])
  })
})
