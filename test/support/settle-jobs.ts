import type { Database } from '../../db/database.ts'
import { claimJobs } from '../../db/jobs.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'

/** Marks leased jobs as done, as a worker does at the end of its time: with a claim of none. @returns the ids that were still ours */
export async function settleJobs(db: Database, done: ClaimedJob[]): Promise<string[]> {
  const { settled } = await claimJobs(db, { limit: 0, leaseSeconds: 60, holder: 'settler', done })
  return settled
}
