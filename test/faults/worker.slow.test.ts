import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../adapters/create-app.ts'
import { claimJobs } from '../../db/jobs.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { runJob } from '../../workers/runtime/run-job.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
import { type Death, dying, withoutPauses } from './dying.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())

/** A paid session whose job waits; nothing else does. */
beforeEach(async () => {
  stage.sql.heal()
  await stage.work()
  const { waker } = stage.app()
  await waker.deleteMarks(await waker.listMarks())
  sessionId = await buy(stage, 'book')
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }
const NOTHING = { orders: [], receipts: 0, files: 0 }
const jobOf = async () =>
  (
    await stage.rows<{ id: string; state: string; attempts: number; fence: number }>(
      `select id, state, attempts, fence from jobs where payload ->> 'stripe_session_id' = $1`,
      [sessionId],
    )
  )[0]

/** Runs a worker to its death. */
async function kill(death: Death): Promise<void> {
  const { app, died } = dying(createApp(), death)
  void stage.workWith(app)
  await died
}

/** The mark that the dead worker left is due within 180 s, and the sweep of that minute starts another one. */
async function isFoundIn180s(): Promise<boolean> {
  const at = new Date(Date.now() + 180_000)
  if (at.getUTCMinutes() === 0) at.setTime(at.getTime() + 60_000)
  return sweepJobs(Object.assign(stage.app(), { now: () => at }))
}

describe('a worker that is killed', () => {
  it.each<[string, Death]>([
    ['F04 after its claim, before it asks Stripe', { at: 'payments.readSession', when: 'before' }],
    ['F05 after Stripe has answered, before it writes', { at: 'payments.readSession', when: 'after' }],
    ['F05 at its statement', { at: 'db', when: 'before', sql: /insert into orders/ }],
  ])('%s has done nothing visible, is found within 180 s, and its job runs again', async (_row, death) => {
    await kill(death)
    expect(await stage.outcome(sessionId)).toEqual(NOTHING)
    expect(await jobOf()).toMatchObject({ state: 'open', attempts: 1 })
    expect(await isFoundIn180s()).toBe(true)
    await stage.leasesExpire()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
    expect(await jobOf()).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('F07 after the commit finds its order written and its job done', async () => {
    await kill({ at: 'db', when: 'after', sql: /insert into orders/ })
    expect(await jobOf()).toMatchObject({ state: 'done', attempts: 1 })
    await stage.leasesExpire()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
    expect(
      await stage.count(
        "emails e join orders o on o.id = e.order_id where stripe_session_id = $1 and e.kind = 'receipt'",
        [sessionId],
      ),
    ).toBe(1)
  })

  it('F07 not at all, but whose commit is not acknowledged, makes no second order and no second mail', async () => {
    expectErrors()
    stage.sql.next(/insert into orders/, 'lose')
    await stage.work()
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
    expect(await jobOf()).toMatchObject({ state: 'done', attempts: 1 })
  })

  it.each<[string, Death]>([
    ['F08 before the mail is sent', { at: 'mailer.send', when: 'before' }],
    ['F09 after Resend has taken the mail', { at: 'mailer.send', when: 'after' }],
  ])('%s sends one mail in the end', async (_row, death) => {
    await kill(death)
    await stage.leasesExpire()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})

describe('a worker that is paused for longer than its lease', () => {
  it('F10 writes nothing when it comes back: its fence is old', async () => {
    const app = withoutPauses(createApp())
    const [slow] = (await claimJobs(app.db, { limit: 1, leaseSeconds: 60, holder: 'slow' })).jobs
    const before = new Date(0).toISOString()
    await stage.leasesExpire()
    await stage.work()
    if (!slow) throw new Error('the slow worker should have had the job')
    expect(await runJob(app, { job: slow, observedAt: before }, HANDLERS)).toBe('lost')
    const newest = await app.db<{ at: string }>`select (clock_timestamp() + interval '1 hour')::text as at`
    expect(await runJob(app, { job: slow, observedAt: newest[0]?.at ?? '' }, HANDLERS)).toBe('lost')
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
    expect(await jobOf()).toMatchObject({ state: 'done', attempts: 2, fence: 2 })
  })
})

describe('a job that always fails', () => {
  it('F41 is given up after ten attempts, holds up nobody, is told to the seller, and runs again by one call', async () => {
    expectErrors()
    const { redriveJobs } = await import('../../db/job-care.ts')
    await stage.rows(`insert into jobs (id, kind, payload) values ('poison', 'sync_order', '{"unknown":1}')`)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
    for (let attempt = 2; attempt <= 10; attempt++) {
      expect(await stage.job('poison')).toMatchObject({ state: 'open', attempts: attempt - 1 })
      await stage.dueNow()
      await stage.work()
    }
    expect(await stage.job('poison')).toMatchObject({ state: 'dead', attempts: 10, fence: 10 })
    const [notice, ...others] = await stage.notices('seller_dead_job:poison')
    expect([notice?.text.includes('job redrive poison'), others]).toEqual([true, []])
    await stage.rows(
      `update jobs set payload = jsonb_build_object('stripe_session_id', $1::text) where id = 'poison'`,
      [sessionId],
    )
    expect(await redriveJobs(createApp().db, { id: 'poison' })).toEqual(['poison'])
    await stage.work()
    expect(await stage.job('poison')).toMatchObject({ state: 'done', attempts: 1, fence: 11 })
  })
})
