import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Claim, claimJobs } from '../../db/jobs.ts'
import { migrate } from '../../db/migrate.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'
import { settleJobs } from '../support/settle-jobs.ts'

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
})
beforeEach(() =>
  postgres.target.batch(['truncate jobs', `update worker_slots set holder = null, lease_until = '-infinity'`]),
)
afterAll(() => postgres.close())

const enqueue = (count: number, kind = 'sync_order') =>
  postgres.target.db`
    insert into jobs (id, kind) select ${kind}::text || ':' || i, ${kind} from generate_series(1, ${count}::int) as i`
const claim = (holder: string, limit = 5) => claimJobs(postgres.target.db, { limit, leaseSeconds: 60, holder })
const names = (count: number) => Array.from({ length: count }, (_, i) => `worker ${i}`)
const isWorking = ({ slot, jobs }: Claim) => slot !== null && jobs.length > 0

/** What 50 workers did: how often each job ran, how many workers were at it at once, and the jobs that were taken from their holder. */
type Record = { runs: Map<string, number>; working: Set<string>; most: number; lost: string[] }

/** A worker that gives its slot up after every batch, so that all of them fight for it until all jobs have run. */
async function work(holder: string, jobs: number, record: Record): Promise<void> {
  while (record.runs.size < jobs && record.lost.length === 0) {
    const found = await claim(holder, 10)
    if (!isWorking(found)) await pause(50)
    else await runBatch(holder, found, record)
  }
}

async function runBatch(holder: string, { jobs }: Claim, record: Record): Promise<void> {
  record.working.add(holder)
  record.most = Math.max(record.most, record.working.size)
  for (const { id } of jobs) record.runs.set(id, (record.runs.get(id) ?? 0) + 1)
  const settled = await settleJobs(postgres.target.db, jobs)
  record.lost.push(...jobs.filter(({ id }) => !settled.includes(id)).map(({ id }) => id))
  record.working.delete(holder)
  await postgres.target.db`update worker_slots set lease_until = '-infinity' where holder = ${holder}`
}

describe('claimJobs', () => {
  it('gives each of 500 jobs to one of 50 workers, once, and never lets more than two of them work', async () => {
    await enqueue(500)
    const record: Record = { runs: new Map(), working: new Set(), most: 0, lost: [] }
    await Promise.all(names(50).map((holder) => work(holder, 500, record)))
    expect(record.lost).toEqual([])
    expect(record.runs.size).toBe(500)
    expect([...record.runs.values()].every((runs) => runs === 1)).toBe(true)
    expect(record.most).toBe(2)
    const states = await postgres.target
      .db`select state, attempts, fence, count(*)::int as jobs from jobs group by 1, 2, 3`
    expect(states).toEqual([{ state: 'done', attempts: 1, fence: 1, jobs: 500 }])
  })

  it('gives slots to two of 40 workers that ask at the very same time, in 15 rounds, and no job to both', async () => {
    await enqueue(200)
    for (let round = 0; round < 15; round++) {
      await postgres.target.db`update worker_slots set holder = null, lease_until = '-infinity'`
      const claims = await Promise.all(names(40).map((holder) => claim(`${round} ${holder}`)))
      const working = claims.filter(isWorking)
      expect(working.length).toBeGreaterThan(0)
      const slots = working.map(({ slot }) => slot)
      expect(new Set(slots).size).toBe(slots.length)
      const taken = working.flatMap(({ jobs }) => jobs.map(({ id }) => id))
      expect(new Set(taken).size).toBe(taken.length)
    }
    const [most] = await postgres.target.db<{ fence: number }>`select max(fence) as fence from jobs`
    expect(most?.fence).toBe(1)
  })

  it('hands mails to the holder of slot 1 alone', async () => {
    await enqueue(20, 'send_email')
    await enqueue(20)
    const [first, second] = [await claim('first', 15), await claim('second', 15)]
    expect([first.slot, second.slot]).toEqual([1, 2])
    expect(new Set(first.jobs.map(({ kind }) => kind))).toEqual(new Set(['send_email']))
    expect(new Set(second.jobs.map(({ kind }) => kind))).toEqual(new Set(['sync_order']))
  })

  it('lets a worker whose lease has run out settle nothing', async () => {
    await enqueue(1)
    const { jobs } = await claim('slow')
    await postgres.target.batch([
      `update jobs set lease_until = '-infinity'`,
      `update worker_slots set lease_until = '-infinity'`,
    ])
    const taken = await claim('quick')
    const [late, now] = [jobs[0], taken.jobs[0]]
    if (!late || !now) throw new Error('both must have had the job')
    const settled = await Promise.all([settleJobs(postgres.target.db, [late]), settleJobs(postgres.target.db, [now])])
    expect(settled).toEqual([[], [now.id]])
  })
})
