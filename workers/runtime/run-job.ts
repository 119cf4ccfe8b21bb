import { deferJob, failJob, type JobFailure } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import { JobDeferred, JobFailed, VendorDown, VendorRefused } from '../../shop/errors.ts'
import { tellKeyRefused } from '../../shop/payments/tell-key-refused.ts'
import type { JobEnd, JobHandler, Lease } from '../registry.ts'

/** How often a job whose vendor refuses our key looks whether it has been mended, in seconds. */
const KEY_REFUSED_WAIT_S = 600

/** Runs one leased job to its end; whatever it throws is written down behind the fence, and nothing is thrown on. */
export async function runJob(app: App, lease: Lease, handlers: Record<string, JobHandler>): Promise<JobEnd | 'failed'> {
  const { id, kind } = lease.job
  try {
    const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined
    // Repeated like any failure: while a deployment is rolled out or back, a worker of the other version may know the kind.
    if (!handler) throw new TypeError(`no worker does jobs of the kind ${kind}`)
    const end = await handler(app, lease)
    app.log.info(end === 'lost' ? 'job_lease_lost' : 'job_done', { job_id: id, kind })
    return end
  } catch (error) {
    await putBack(app, lease, error)
    return 'failed'
  }
}

async function putBack(app: App, { job }: Lease, error: unknown): Promise<void> {
  const { id, kind, attempts } = job
  if (error instanceof JobDeferred) {
    await deferJob(app.db, job, { reason: error.message, seconds: error.retryAfter ?? 0 })
    app.log.info('job_deferred', { job_id: id, kind })
    return
  }
  await tellKeyRefused(app, error)
  const state = await failJob(app.db, job, describe(error))
  app.log.error(state === 'dead' ? 'job_dead' : 'job_failed', error, { job_id: id, kind, attempts })
}

/** A vendor's outage, and a key that it does not take, say nothing about the job: they use up no attempt. */
function describe(error: unknown): JobFailure {
  const isKeyRefused = error instanceof VendorRefused && error.isAboutKey
  const isVendorDown = error instanceof VendorDown || isKeyRefused
  return {
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    final: error instanceof JobFailed,
    vendorDown: isVendorDown,
    retryAfter: isKeyRefused ? KEY_REFUSED_WAIT_S : (error instanceof VendorDown && error.retryAfter) || 0,
  }
}
