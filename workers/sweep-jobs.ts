import { foldFigures } from '../db/figures.ts'
import { findNextDue } from '../db/jobs.ts'
import type { App, WakeMark } from '../shop/app.ts'
import { VendorDown } from '../shop/errors.ts'
import { noteSweep } from '../shop/health/note-health.ts'

/** More lines of sums than an hour brings; the next hour takes what is left. */
const MOST_LINES = 20_000

/**
 * The minutely look for work that nobody does: reads the marks, not the database, so that an idle shop's database can sleep; only the
 * first run of an hour asks the database too, in case a mark was lost,
 * as does one that cannot read the marks.
 * @returns whether a worker was poked
 */
export async function sweepJobs(app: App): Promise<boolean> {
  const now = app.now()
  const marks = await readMarks(app)
  await noteSweep(app, marks)
  const isMarked = marks?.some(({ at }) => at <= now) ?? false
  const isDue = isMarked || ((marks === null || now.getUTCMinutes() === 0) && (await hasDueJob(app, now)))
  if (!isDue) return false
  const poked = await app.waker.poke()
  if (!poked) app.log.warn('poke_failed', { marks: marks?.length ?? null })
  return poked
}

async function hasDueJob(app: App, now: Date): Promise<boolean> {
  const due = await findNextDue(app.db)
  // While the database is awake anyway, the sums of the hour go into their days.
  await app.later('figures_not_folded', foldFigures(app.db, { timeZone: app.shop.timeZone, limit: MOST_LINES }))
  return due !== null && due <= now
}

/** The marks; null when their store does not answer, and then only the database can tell. */
async function readMarks(app: App): Promise<WakeMark[] | null> {
  try {
    return await app.waker.listMarks()
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.error('marks_unreadable', error)
    return null
  }
}
