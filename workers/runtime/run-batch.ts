import type { Claim } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import type { JobHandler } from '../registry.ts'
import { startHeartbeat } from './heartbeat.ts'
import { runJob } from './run-job.ts'
import type { WorkerLimits } from './run-worker.ts'

type Batch = { claim: Claim; limits: WorkerLimits }

/**
 * Runs a claim's jobs one after the other under a heartbeat; one that was taken over meanwhile is left alone.
 * @returns the jobs that are done and wait to be settled with the next claim
 */
export async function runBatch(
  app: App,
  handlers: Record<string, JobHandler>,
  { claim, limits }: Batch,
): Promise<ClaimedJob[]> {
  const runnable = claim.jobs.filter((job) => isRunnable(app, job))
  const heartbeat = startHeartbeat(app, runnable, limits)
  const done: ClaimedJob[] = []
  try {
    for (const job of runnable) {
      if (heartbeat.hasLost(job)) continue
      const end = await runJob(app, { job, observedAt: claim.observed_at }, handlers)
      if (end === 'done') done.push(job)
      else heartbeat.release(job)
    }
  } finally {
    await heartbeat.stop()
  }
  return done
}

/** A job that crashed its worker on every attempt comes out of the claim dead, and is not run. */
function isRunnable(app: App, job: ClaimedJob): boolean {
  if (job.state === 'dead') {
    app.log.error('job_dead', new Error('every attempt ended without an answer'), { job_id: job.id, kind: job.kind })
  }
  return job.state === 'open'
}
