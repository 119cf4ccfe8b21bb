import { type Claim, extendLeases } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'
import type { JobHandler } from '../registry.ts'
import { runJob } from './run-job.ts'
import type { WorkerLimits } from './run-worker.ts'

/**
 * Runs a claim's jobs one after the other. When a third of the lease has passed the rest is renewed first; a job that could not be
 * renewed is somebody else's by now and is left alone.
 */
export async function runBatch(
  app: App,
  handlers: Record<string, JobHandler>,
  { claim, limits }: { claim: Claim; limits: WorkerLimits },
): Promise<void> {
  let renewedAt = app.now().getTime()
  let waiting = claim.jobs.filter((job) => isRunnable(app, job))
  while (waiting.length > 0) {
    if (app.now().getTime() - renewedAt > (limits.leaseSeconds * 1000) / 3) {
      renewedAt = app.now().getTime()
      waiting = await renew(app, waiting, limits)
    }
    const [job, ...rest] = waiting
    if (job) await runJob(app, { job, observedAt: claim.observed_at }, handlers)
    waiting = rest
  }
}

/** A job that crashed its worker on every attempt comes out of the claim dead, and is not run. */
function isRunnable(app: App, job: ClaimedJob): boolean {
  if (job.state === 'dead')
    app.log.error('job_dead', new Error('every attempt ended without an answer'), { job_id: job.id, kind: job.kind })
  return job.state === 'open'
}

async function renew(app: App, jobs: ClaimedJob[], { leaseSeconds, holder }: WorkerLimits): Promise<ClaimedJob[]> {
  const kept = new Set(await extendLeases(app.db, { jobs, leaseSeconds, holder }))
  return jobs.filter(({ id }) => kept.has(id))
}
