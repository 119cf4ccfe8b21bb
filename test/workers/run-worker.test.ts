import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimJobs, enqueueJob, failJob } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import { JobFailed, VendorDown } from '../../shop/errors.ts'
import type { JobHandler } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { settleJobs } from '../support/settle-jobs.ts'

let platform: TestPlatform
let app: App

beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.close())
beforeEach(async () => {
  app = platform.app()
  await platform.pglite.exec("delete from jobs; update worker_slots set holder = null, lease_until = '-infinity'")
  await app.waker.deleteMarks(await app.waker.listMarks())
})

const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 30, holder: 'test' }
const add = (id: string) => enqueueJob(app.db, { id, kind: 'sync_order', payload: { stripe_session_id: 'cs_test_x' } })
const run = (handler: JobHandler, limits = LIMITS) =>
  runWorker(app, { sync_order: handler, send_email: handler }, limits)
const job = async (id: string) =>
  (
    await platform.rows<Record<string, unknown>>(
      'select state, attempts, deferrals, last_error, due_at > now() as waits from jobs where id = $1',
      [id],
    )
  )[0]
const secondsToMark = async () => {
  const marks = await app.waker.listMarks()
  return marks.map(({ at }) => Math.round((at.getTime() - Date.now()) / 1000))
}

describe('runWorker', () => {
  it('runs what is due, what the runs cause, and goes home without a mark', async () => {
    const seen: string[] = []
    await add('a')
    await run(async (_app, { job }) => {
      seen.push(job.id)
      if (job.id === 'a') await add('b')
      return 'done'
    })
    expect(seen).toEqual(['a', 'b'])
    expect(await job('b')).toMatchObject({ state: 'done', attempts: 1 })
    expect(await app.waker.listMarks()).toEqual([])
  })

  it('F41 repeats a job that throws with backoff, then makes it a dead letter with its reason', async () => {
    expectErrors()
    await add('poison')
    for (let attempt = 1; attempt <= 10; attempt++) {
      await run(() => Promise.reject(new Error('it is broken')))
      if (attempt < 10) expect(await job('poison')).toMatchObject({ state: 'open', attempts: attempt, waits: true })
      await platform.rows("update jobs set due_at = now() where state = 'open'")
    }
    expect(await job('poison')).toMatchObject({ state: 'dead', attempts: 10, last_error: 'Error: it is broken' })
  })

  it('makes a job that no repeat can help a dead letter at once', async () => {
    expectErrors()
    await add('hopeless')
    await run(() => Promise.reject(new JobFailed('no address')))
    expect(await job('hopeless')).toMatchObject({ state: 'dead', attempts: 1, last_error: 'JobFailed: no address' })
  })

  it('waits for a vendor that is down without using up attempts, and leaves a mark for then', async () => {
    expectErrors()
    await add('patient')
    await run(() => Promise.reject(new VendorDown('stripe', 'down', { retryAfter: 120 })))
    expect(await job('patient')).toMatchObject({ state: 'open', attempts: 0, deferrals: 1, waits: true })
    const [seconds] = await secondsToMark()
    expect(seconds).toBeGreaterThanOrEqual(118)
    expect(seconds).toBeLessThanOrEqual(121)
  })

  it('F04 leaves a mark before its first claim, so that a crash is found', async () => {
    await add('crashed')
    const crash = { ...LIMITS, holder: 'crashed' }
    const dying = Object.assign(platform.app(), { log: { ...app.log, info: () => {}, error: () => undefined } })
    const gone = new Promise<never>(() => undefined)
    void runWorker(dying, { sync_order: () => gone }, crash)
    await expect.poll(() => job('crashed')).toMatchObject({ state: 'open', attempts: 1 })
    const [seconds] = await secondsToMark()
    expect(seconds).toBeGreaterThan(55)
    expect(seconds).toBeLessThanOrEqual(66)
    await platform.rows("update jobs set lease_until = now() - interval '1 s'")
    await run(async () => 'done')
    expect(await job('crashed')).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('makes a job dead that crashes its worker every time, without running it again', async () => {
    expectErrors()
    await add('killer')
    await platform.rows("update jobs set attempts = 10 where id = 'killer'")
    await run(() => Promise.reject(new Error('it must not run')))
    expect(await job('killer')).toMatchObject({ state: 'dead', last_error: 'every attempt ended without an answer' })
  })

  it('F41 does not let a job that kills its worker use up the attempts of its neighbours', async () => {
    for (const id of ['killer', 'a', 'b', 'c']) await add(id)
    const claim = () => claimJobs(app.db, { limit: 10, leaseSeconds: 60, holder: 'one' })
    const crash = () => platform.rows("update jobs set lease_until = now() - interval '1 s' where lease_until > now()")
    expect((await claim()).jobs).toHaveLength(4)
    await crash()
    await add('fresh')
    const { jobs: innocents } = await claim()
    expect(innocents.map(({ id }) => id)).toEqual(['fresh'])
    await settleJobs(app.db, innocents)
    const order: string[] = []
    for (let i = 0; i < 5; i++) {
      const { jobs } = await claim()
      expect(jobs).toHaveLength(1)
      order.push(...jobs.map(({ id }) => id))
      if (jobs[0]?.id === 'killer') await crash()
      else await settleJobs(app.db, jobs)
    }
    expect(order).toEqual(['killer', 'a', 'b', 'c', 'killer'])
  })

  it('F11 lets two workers in, sends a third home with a mark, and never gives a job twice', async () => {
    for (let i = 0; i < 40; i++) await add(`j${i}`)
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((holder) => claimJobs(app.db, { limit: 10, leaseSeconds: 60, holder })),
    )
    expect(claims.map(({ slot }) => slot).toSorted()).toEqual([1, 2, null])
    const ids = claims.flatMap(({ jobs }) => jobs.map(({ id }) => id))
    expect([ids.length, new Set(ids).size]).toEqual([20, 20])
    await run(() => Promise.reject(new Error('both slots are taken')), { ...LIMITS, holder: 'd' })
    const [seconds] = await secondsToMark()
    expect(seconds).toBeGreaterThanOrEqual(4)
    expect(seconds).toBeLessThanOrEqual(6)
  })

  it('gives mails to slot 1 only', async () => {
    await enqueueJob(app.db, { id: 'mail', kind: 'send_email', payload: { email_id: 'x' } })
    await platform.rows(
      "update worker_slots set holder = 'other', lease_until = now() + interval '1 minute' where slot = 1",
    )
    expect(await claimJobs(app.db, { limit: 10, leaseSeconds: 60, holder: 'second' })).toMatchObject({
      slot: 2,
      jobs: [],
    })
    await platform.rows("update worker_slots set holder = null, lease_until = '-infinity'")
    expect((await claimJobs(app.db, { limit: 10, leaseSeconds: 60, holder: 'first' })).jobs).toHaveLength(1)
  })

  it('F10 takes nothing from a worker whose lease has been taken over', async () => {
    await add('slow')
    const first = await claimJobs(app.db, { limit: 1, leaseSeconds: 60, holder: 'first' })
    await platform.rows("update jobs set lease_until = now() - interval '1 s'; ")
    const second = await claimJobs(app.db, { limit: 1, leaseSeconds: 60, holder: 'second' })
    const [stale, current] = [first.jobs[0], second.jobs[0]]
    if (!stale || !current) throw new Error('both workers should hold the job')
    expect(await settleJobs(app.db, [stale])).toEqual([])
    expect(await failJob(app.db, stale, { kind: 'final', error: 'late', retryAfter: 0 })).toBeNull()
    expect(await settleJobs(app.db, [current])).toEqual(['slow'])
  })

  it('stops claiming when its time is used up, and leaves a mark for the rest', async () => {
    for (let i = 0; i < 3; i++) await add(`rest${i}`)
    let now = new Date()
    app = Object.assign(platform.app(), { now: () => now })
    const seen: string[] = []
    const slow: JobHandler = async (_app, { job }) => {
      seen.push(job.id)
      now = new Date(now.getTime() + 31_000)
      return 'done'
    }
    await run(slow, { ...LIMITS, batch: 1 })
    expect(seen).toEqual(['rest0'])
    expect(await app.waker.listMarks()).toHaveLength(1)
  })
})

describe('sweepJobs', () => {
  const at = (text: string) => Object.assign(platform.app(), { now: () => new Date(text) })

  it('pokes once when a mark is due, and does not ask the database', async () => {
    await app.waker.writeMark(new Date('2026-01-01T10:29:00Z'))
    const { pokes } = platform.store.state
    const withoutDatabase = Object.defineProperty(at('2026-01-01T10:30:00Z'), 'db', {
      get: () => {
        throw new Error('asked')
      },
    })
    expect(await sweepJobs(withoutDatabase)).toBe(true)
    expect(platform.store.state.pokes).toBe(pokes + 1)
  })

  it('does nothing for a mark of the future', async () => {
    await app.waker.writeMark(new Date('2026-01-01T10:31:00Z'))
    expect(await sweepJobs(at('2026-01-01T10:30:00Z'))).toBe(false)
  })

  it('asks the database once an hour, in case a mark was lost', async () => {
    await add('forgotten')
    const clock = new Date(Date.now() + 3_600_000)
    clock.setUTCMinutes(30)
    expect(await sweepJobs(at(clock.toISOString()))).toBe(false)
    clock.setUTCMinutes(0)
    clock.setTime(clock.getTime() + 3_600_000)
    expect(await sweepJobs(at(clock.toISOString()))).toBe(true)
  })
})
