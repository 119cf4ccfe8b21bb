import { redriveJobs } from '../../db/job-care.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'

/** Lets dead jobs be tried again, one by its id or all of them, and wakes a worker. @returns the ids of those that live again */
export async function startDeadJobs(app: App, which: { id: string } | 'all'): Promise<string[]> {
  const revived = await redriveJobs(app.db, which)
  if (revived.length > 0) await wake(app)
  return revived
}
