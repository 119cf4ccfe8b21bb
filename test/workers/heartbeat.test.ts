import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { claimJobs, enqueueJob } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import type { JobHandler } from '../../workers/registry.ts'
import { runBatch } from '../../workers/runtime/run-batch.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 720, holder: 'worker' }

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const { connectionString, endpoint } = database
  db = createMigrationTarget({ NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint }).db
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.pglite.exec(`truncate jobs; update worker_slots set holder = null, lease_until = '-infinity'`)
  for (const id of ['long', 'next']) await enqueueJob(db, { id, kind: 'sync_order', payload: {} })
})

/** An app whose pauses end when the test says that their time has passed: `pass` ends one and waits for the beat that follows it. */
function appWithTime(errors: string[] = []) {
  let asked = Promise.withResolvers<{ ms: number; end: () => void }>()
  const app = {
    db,
    log: { info: () => undefined, warn: () => undefined, error: (event: string) => void errors.push(event) },
    pause: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((end, fail) => {
        signal?.addEventListener('abort', () => fail(new Error('stopped')))
        asked.resolve({ ms, end })
      }),
  } as unknown as App
  async function pass(): Promise<void> {
    const { ms, end } = await asked.promise
    asked = Promise.withResolvers()
    // Time passes for the database as well: every lease is that much nearer to its end.
    await database.pglite.query(
      `update jobs set lease_until = lease_until - $1::float8 * interval '1 ms' where lease_until > now()`,
      [ms],
    )
    await database.pglite.query(
      `update worker_slots set lease_until = lease_until - $1::float8 * interval '1 ms' where lease_until > now()`,
      [ms],
    )
    end()
    await asked.promise
  }
  return { app, pass }
}

const claim = (holder: string) => claimJobs(db, { limit: 10, leaseSeconds: LIMITS.leaseSeconds, holder })
const run = async (app: App, handler: JobHandler) =>
  runBatch(app, { sync_order: handler }, { claim: await claim('worker'), limits: LIMITS })
const takeOver = (id: string) => database.pglite.query('update jobs set fence = fence + 1 where id = $1', [id])

describe('the heartbeat of a batch', () => {
  it('keeps the leases and the slot of a job that takes five minutes, and those of the jobs behind it', async () => {
    const { app, pass } = appWithTime()
    const ran: string[] = []
    const done = await run(app, async (_app, { job }) => {
      ran.push(job.id)
      for (let beat = 0; beat < 15 && job.id === 'long'; beat++) {
        await pass()
        const others = await claim('another')
        expect([others.slot, others.jobs]).toEqual([2, []])
        await database.pglite.exec(`update worker_slots set holder = null, lease_until = '-infinity' where slot = 2`)
      }
      return 'done'
    })
    expect([ran, done.map(({ id, fence }) => [id, fence])]).toEqual([
      ['long', 'next'],
      [
        ['long', 1],
        ['next', 1],
      ],
    ])
  })

  it('does not begin a job that somebody else has taken over meanwhile', async () => {
    const { app, pass } = appWithTime()
    const ran: string[] = []
    const done = await run(app, async (_app, { job }) => {
      ran.push(job.id)
      await takeOver('next')
      await pass()
      return 'done'
    })
    expect([ran, done.map(({ id }) => id)]).toEqual([['long'], ['long']])
  })

  it('leaves alone the lease of a job that is over', async () => {
    const { app, pass } = appWithTime()
    const leaseOf = async (id: string) =>
      (
        await database.pglite.query<{ held: boolean }>('select lease_until > now() as held from jobs where id = $1', [
          id,
        ])
      ).rows[0]?.held
    await run(app, async (_app, { job }) => {
      if (job.id === 'next') {
        await pass()
        expect([await leaseOf('long'), await leaseOf('next')]).toEqual([false, true])
        return 'done'
      }
      await database.pglite.exec(`update jobs set lease_until = '-infinity' where id = 'long'`)
      return 'settled'
    })
  })

  it('writes a beat down that the database refused, survives it, and keeps the lease with the next one', async () => {
    const errors: string[] = []
    const { app, pass } = appWithTime(errors)
    const sleeping: Database = () => Promise.reject(new VendorDown('database', 'The database does not answer.'))
    const ran: string[] = []
    await run(app, async (_app, { job }) => {
      ran.push(job.id)
      if (job.id === 'next') return 'done'
      Object.assign(app, { db: sleeping })
      await pass()
      Object.assign(app, { db })
      await pass()
      expect((await claim('another')).jobs).toEqual([])
      return 'done'
    })
    expect([errors, ran]).toEqual([['heartbeat_failed'], ['long', 'next']])
  })

  it('ends with its batch, also when a job throws', async () => {
    const errors: string[] = []
    const { app } = appWithTime(errors)
    const done = await run(app, () => Promise.reject(new Error('broken')))
    expect([errors, done]).toEqual([['job_failed', 'job_failed'], []])
  })
})
