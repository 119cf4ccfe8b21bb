import { failJob, type JobFailure, settleJob } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import { JobFailed, VendorDown } from '../../shop/errors.ts'
import type { JobHandler, Lease } from '../registry.ts'

/** Runs one leased job to its end; whatever it throws is written down behind the fence, and nothing is thrown on. */
export async function runJob(app: App, lease: Lease, handlers: Record<string, JobHandler>): Promise<void> {
  const { job } = lease
  const { id, kind } = job
  try {
    const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined
    if (!handler) throw new JobFailed(`no worker does jobs of the kind ${kind}`)
    const end = await handler(app, lease)
    const isOurs = end === 'done' ? await settleJob(app.db, job) : end === 'settled'
    app.log.info(isOurs ? 'job_done' : 'job_lease_lost', { job_id: id, kind })
  } catch (error) {
    const state = await failJob(app.db, job, describe(error))
    app.log.error(state === 'dead' ? 'job_dead' : 'job_failed', error, { job_id: id, kind, attempts: job.attempts })
  }
}

function describe(error: unknown): JobFailure {
  const isVendorDown = error instanceof VendorDown
  return {
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    final: error instanceof JobFailed,
    vendorDown: isVendorDown,
    retryAfter: (isVendorDown && error.retryAfter) || 0,
  }
}
