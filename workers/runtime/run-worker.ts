import { type Claim, claimJobs, type ShiftEnd } from '../../db/jobs.ts'
import type { App, WakeMark } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import { noteShift } from '../../shop/health/note-health.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import type { JobHandler } from '../registry.ts'
import { runBatch } from './run-batch.ts'

/** How a worker works: jobs per claim, times in seconds, and the random id under which it holds its slot. */
export type WorkerLimits = { batch: number; leaseSeconds: number; budgetSeconds: number; holder: string }

/** When a worker that found both slots taken wants to be asked again: the two may have been at their last claim. */
const BOTH_BUSY_S = 5

/**
 * One worker's shift: claims and runs jobs until none is due or its time is used up, and sees to it that somebody comes back. Before
 * its first claim it leaves a mark for the end of its lease, so that a crash at any later point is noticed; at the end it leaves one for
 * the next job that will be due, and only then takes away its own and those that were due when it began.
 */
export async function runWorker(app: App, handlers: Record<string, JobHandler>, limits: WorkerLimits): Promise<void> {
  const startedAt = app.now()
  const old = await beginMarks(app, startedAt, after(startedAt, limits.leaseSeconds + 5))
  const { nextAt, seen } = await drain(app, handlers, limits)
  await Promise.all([nextAt && app.waker.writeMark(nextAt), seen && noteShift(app, seen)])
  await app.waker.deleteMarks(old)
}

/** When to come back, and what the last claim saw of the queue. */
type End = { nextAt: Date | null; seen: ShiftEnd | null }

/**
 * Leaves this worker's own mark. @returns it with those that are due, to be taken away at the end; none when their store does not answer:
 * the work must not wait for that, and the sweep asks the database as long as it lasts.
 */
async function beginMarks(app: App, now: Date, ownAt: Date): Promise<WakeMark[]> {
  try {
    // Its own mark first: until it stands, a worker that dies is found by the hourly look only.
    const own = await app.waker.writeMark(ownAt)
    const due = (await app.waker.listMarks()).filter(({ at }) => at <= now)
    return [own, ...due]
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.error('marks_unusable', error)
    return []
  }
}

/** Works until a plain claim returns none, since a job that an effect inserts is only seen by the next statement. */
async function drain(app: App, handlers: Record<string, JobHandler>, limits: WorkerLimits): Promise<End> {
  const { batch, leaseSeconds, holder, budgetSeconds } = limits
  const until = after(app.now(), budgetSeconds)
  let done: ClaimedJob[] = []
  for (;;) {
    // A claim of none settles the last batch and gives the slot to the next worker.
    const limit = app.now() < until ? batch : 0
    const claim = await claimJobs(app.db, { limit, leaseSeconds, holder, done })
    if (claim.settled.length < done.length) app.log.warn('job_lease_lost', { jobs: done.length - claim.settled.length })
    if (claim.slot === null) return { nextAt: after(app.now(), BOTH_BUSY_S), seen: null }
    if (claim.jobs.length === 0) return endOf(claim)
    done = await runBatch(app, handlers, { claim, limits })
  }
}

function endOf({ next_due_at, health }: Claim): End {
  return { nextAt: next_due_at === null ? null : new Date(next_due_at), seen: health && { next_due_at, health } }
}

function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000)
}
