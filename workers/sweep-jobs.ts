import { purgeJobs } from '../db/job-care.ts'
import { findNextDue } from '../db/jobs.ts'
import type { App } from '../shop/app.ts'

const PURGE_HOUR = 4
/** More would take longer than a scheduled function has; the next night goes on. */
const PURGE_BATCH = 20_000

/**
 * The minutely look for work that nobody does: reads the marks, not the database, so that an idle shop's database can sleep; only the
 * first run of an hour asks the database too, in case a mark was lost.
 * @returns whether a worker was poked
 */
export async function sweepJobs(app: App): Promise<boolean> {
  const now = app.now()
  const marks = await app.waker.listMarks()
  const isDue = marks.some(({ at }) => at <= now) || (now.getUTCMinutes() === 0 && (await hasDueJob(app, now)))
  if (!isDue) return false
  const poked = await app.waker.poke()
  if (!poked) app.log.warn('poke_failed', { marks: marks.length })
  return poked
}

async function hasDueJob(app: App, now: Date): Promise<boolean> {
  // Once a night, while the database is awake anyway.
  if (now.getUTCHours() === PURGE_HOUR) app.log.info('jobs_purged', { jobs: await purgeJobs(app.db, PURGE_BATCH) })
  const due = await findNextDue(app.db)
  return due !== null && due <= now
}
