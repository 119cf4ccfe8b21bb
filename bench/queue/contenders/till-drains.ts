import type { Pool } from 'pg'
import type { Database } from '../../../db/database.ts'
import { claimJobs } from '../../../db/jobs.ts'
import type { ClaimedJob } from '../../../shop/jobs.ts'
import { BATCH, HANDLERS, type Queue } from '../contender.ts'
import { inParallel } from '../in-parallel.ts'
import { insertOrder } from '../order-effect.ts'
import { createPgDatabase } from '../pg-database.ts'
import { runLanes } from './run-lanes.ts'
import { settleWithOrder, settleWithOrders } from './settle-with-order.ts'

const LEASE_SECONDS = 60
/** Till lets two workers run at once: two lanes with a slot each. */
const LANES = 2

/** What a lane does with a batch; answers with the jobs that are left to settle. */
type Effect = (jobs: ClaimedJob[]) => Promise<ClaimedJob[]>

export function createTillDrains(pool: Pool): Queue['drain'] {
  const db = createPgDatabase(pool, { prepared: true })
  const eachOf = (jobs: ClaimedJob[], work: (job: ClaimedJob) => Promise<void>) =>
    inParallel(jobs, HANDLERS / LANES, work)
  return {
    noop: () => drain(db, async (jobs) => jobs),
    order: () =>
      drain(db, async (jobs) => {
        await eachOf(jobs, ({ id }) => insertOrder(pool, id))
        return jobs
      }),
    'order-once': () =>
      drain(db, async (jobs) => {
        await eachOf(jobs, (job) => settleWithOrder(db, job))
        return []
      }),
    'order-set': () =>
      drain(db, async (jobs) => {
        await settleWithOrders(db, jobs)
        return []
      }),
  }
}

function drain(db: Database, effect: Effect): Promise<number> {
  return runLanes(LANES, async (number) => {
    let done: ClaimedJob[] = []
    for (;;) {
      const ask = { done, limit: BATCH, leaseSeconds: LEASE_SECONDS, holder: `lane ${number}` }
      const { jobs } = await claimJobs(db, ask)
      if (jobs.length === 0) return
      done = await effect(jobs)
    }
  })
}
