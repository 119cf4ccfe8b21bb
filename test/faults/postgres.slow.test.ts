import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readQueueStats } from '../../db/job-care.ts'
import { claimJobs } from '../../db/jobs.ts'
import { migrate } from '../../db/migrate.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'
import { settleJobs } from '../support/settle-jobs.ts'
import { type FaultStage, newEventId, openFaultStage } from './stage.ts'

let postgres: RealPostgres
let stage: FaultStage
let sessionId: string

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  stage = await openFaultStage(postgres)
})
afterAll(async () => {
  await stage.close()
  await postgres.close()
})
beforeEach(async () => {
  await stage.leasesExpire()
  await stage.work()
  stage.dropWebhooks()
  sessionId = await buy(stage, 'book')
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }

/** Rows that are inserted into this table make their statement stay in the middle of its transaction for a minute. */
async function holdInside(table: string): Promise<void> {
  await postgres.target.batch([
    'create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$',
    `create trigger lingers after insert on ${table} for each row execute function linger()`,
  ])
}

/** Ends the statement that lingers, as a crash of its server would, and takes the trigger away. */
async function killInside(table: string): Promise<void> {
  const { db } = postgres.target
  const kill = () =>
    db<{ done: boolean }>`select pg_cancel_backend(pid) as done from pg_stat_activity where wait_event = 'PgSleep'`
  await expect.poll(kill).toEqual([{ done: true }])
  await postgres.target.batch([`drop trigger lingers on ${table}`, 'drop function linger'])
}

describe('on a real PostgreSQL', () => {
  it('F01 a webhook killed inside its transaction has written nothing, gives no 2xx, and is repeated', async () => {
    expectErrors()
    const id = newEventId()
    await holdInside('jobs')
    const [first] = await Promise.all([stage.completed(sessionId, id), killInside('jobs')])
    expect([first.status, await stage.count('jobs where id = $1', [`stripe:${id}`])]).toEqual([500, 0])
    expect((await stage.completed(sessionId, id)).status).toBe(200)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F06 a sync killed inside its transaction, after its order and before its mail, has written neither', async () => {
    expectErrors()
    const id = newEventId()
    await stage.completed(sessionId, id)
    await holdInside('emails')
    await Promise.all([stage.work(), killInside('emails')])
    expect(await stage.outcome(sessionId)).toEqual({ orders: [], receipts: 0, files: 0 })
    expect(
      await stage.count('order_items i join orders o on o.id = i.order_id where stripe_session_id = $1', [sessionId]),
    ).toBe(0)
    expect(await stage.job(`stripe:${id}`)).toMatchObject({ state: 'open', attempts: 1 })
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F11 50 workers that claim 500 jobs at once run each of them once', async () => {
    const { db } = postgres.target
    await db`insert into jobs (id, kind) select 'many:' || i, 'sync_order' from generate_series(1, 500) i`
    const runs = new Map<string, number>()
    const worker = async (_: unknown, i: number): Promise<void> => {
      while (runs.size < 500) {
        const { slot, jobs } = await claimJobs(db, { limit: 10, leaseSeconds: 60, holder: `w${i}` })
        if (slot === null) await pause(20)
        for (const { id } of jobs) runs.set(id, (runs.get(id) ?? 0) + 1)
        await settleJobs(db, jobs)
        await db`update worker_slots set lease_until = '-infinity' where holder = ${`w${i}`}`
      }
    }
    await Promise.all(Array.from({ length: 50 }, worker))
    expect([...runs.values()].every((times) => times === 1)).toBe(true)
    expect(await stage.count(`jobs where id like 'many:%' and state = 'done' and fence = 1`)).toBe(500)
  })

  it('F12 50 deliveries at once, in sessions of their own, are one job, one order, one receipt', async () => {
    const id = newEventId()
    const answers = await Promise.all(Array.from({ length: 50 }, () => stage.completed(sessionId, id)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await Promise.all([stage.work(), stage.work()])
    await stage.work()
    expect([await stage.count('jobs where id = $1', [`stripe:${id}`]), await stage.outcome(sessionId)]).toEqual([
      1,
      ONCE,
    ])
  })

  it('F13 ten looks at /success while two workers sync are one order and one receipt', async () => {
    await stage.completed(sessionId)
    const looks = Array.from({ length: 10 }, () => post(stage, '/get_entitlements', { session_id: sessionId }))
    const [first, ...others] = await Promise.all(looks.concat(stage.work() as never, stage.work() as never))
    expect([first?.status, others.length]).toEqual([200, 11])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F43 a backlog of 10,000 jobs has an age, and is worked off to the last', async () => {
    const { db } = postgres.target
    await db`
      insert into jobs (id, kind, due_at) select 'backlog:' || i, 'sync_order', now() - i * interval '100 ms' from generate_series(1, 10000) i`
    const age = async () => Math.round((await readQueueStats(db)).oldest_due_seconds / 100)
    expect(await age()).toBe(10)
    for (let done = 0; done < 10_000; done += 500) {
      const { jobs } = await claimJobs(db, { limit: 500, leaseSeconds: 60, holder: 'backlog' })
      expect(await settleJobs(db, jobs)).toHaveLength(500)
    }
    await stage.leasesExpire()
    expect(await age()).toBe(0)
  })
})
