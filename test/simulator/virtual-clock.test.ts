import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginAttempt } from '../../db/emails.ts'
import { claimJobs, enqueueJob, failJob, findNextDue } from '../../db/jobs.ts'
import { findObservedAt } from '../../db/observed-at.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'

let database: SimulatedDatabase
let now = 0
beforeAll(async () => {
  database = await openSimulatedDatabase()
})
beforeEach(async () => {
  now = Date.UTC(2031, 4, 5, 10)
  await database.reset(1)
})
afterAll(() => database.close())

const db = () => database.connect({ now: () => now, real: (work) => work() }, () => undefined)
const claim = (holder: string) => claimJobs(db(), { limit: 10, leaseSeconds: 60, holder })
const enqueue = (id: string) => enqueueJob(db(), { id, kind: 'sync_order', payload: {} })
const pass = (seconds: number) => {
  now += seconds * 1000
}

describe('the clock of the simulated database', () => {
  it('is the virtual one for our statements and for the defaults of columns', async () => {
    await enqueue('a')
    expect(await findObservedAt(db())).toMatch(/^2031-05-05 10:00:00/)
    const [row] = await database.rows<{ created_at: Date; due_at: Date }>('select created_at, due_at from jobs')
    expect(row?.created_at.toISOString()).toBe('2031-05-05T10:00:00.000Z')
    expect(row?.due_at).toEqual(row?.created_at)
  })

  it('never shows the same microsecond twice', async () => {
    const one = db()
    expect(await findObservedAt(one)).not.toBe(await findObservedAt(one))
  })

  it('lets a lease run out after its time, and not before', async () => {
    await enqueue('a')
    expect((await claim('first')).jobs).toHaveLength(1)
    pass(59)
    expect((await claim('second')).jobs).toEqual([])
    pass(2)
    expect((await claim('second')).jobs).toHaveLength(1)
  })

  it('lets a backoff pass', async () => {
    await enqueue('a')
    const [job] = (await claim('first')).jobs
    if (!job) throw new Error('the job must have been claimed')
    await failJob(db(), job, { kind: 'failed', error: 'x', retryAfter: 300 })
    pass(299)
    expect((await claim('first')).jobs).toEqual([])
    expect((await findNextDue(db()))?.toISOString()).toMatch(/^2031-05-05T10:05:00/)
    pass(2)
    expect((await claim('first')).jobs).toHaveLength(1)
  })

  it('holds a mail whose first attempt is 23 hours old', async () => {
    await db()`insert into emails (id, kind, to_address, subject, html, body_text, rendered_at)
      values ('m', 'receipt', 'a@example.com', 's', 'h', 't', now())`
    expect(await beginAttempt(db(), 'm')).toMatchObject({ is_first: true })
    pass(23 * 3600 - 1)
    expect(await beginAttempt(db(), 'm')).toMatchObject({ is_first: false })
    pass(2)
    expect(await beginAttempt(db(), 'm')).toBeNull()
  })

  it('is the only clock that our SQL asks', async () => {
    const folders = ['../../db/', '../../db/migrations/'].map((path) => new URL(path, import.meta.url))
    const files = await Promise.all(
      folders.map(async (folder) => {
        const names = (await readdir(folder)).filter((name) => /\.(ts|sql)$/.test(name) && name !== 'schema.sql')
        return Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
      }),
    )
    const text = files.flat().join('\n')
    expect(text).toMatch(/clock_timestamp\(\)/)
    const others =
      /current_timestamp|current_date|localtime|statement_timestamp|transaction_timestamp|pg_catalog\.now|'(now|today)'/i
    expect(text.match(others)).toBeNull()
  })
})
