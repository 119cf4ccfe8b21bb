import { failJob, type JobFailure } from '../../db/jobs.ts'
import type { App } from '../../shop/app.ts'
import { JobDeferred, JobFailed, ShopError, VendorDown, VendorRefused } from '../../shop/errors.ts'
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
  const failure = describe(error)
  const state = await failJob(app.db, job, failure)
  if (failure.kind === 'too_early') app.log.info('job_deferred', { job_id: id, kind })
  else app.log.error(state === 'dead' ? 'job_dead' : 'job_failed', error, { job_id: id, kind, attempts })
}

function describe(error: unknown): JobFailure {
  const isShopError = error instanceof ShopError
  return {
    kind: kindOf(error),
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    retryAfter: isKeyRefused(error) ? KEY_REFUSED_WAIT_S : (isShopError && error.retryAfter) || 0,
  }
}

/** A vendor's outage, and a key that it does not take, say nothing about the job: they use up no attempt. */
function kindOf(error: unknown): JobFailure['kind'] {
  if (error instanceof JobDeferred) return 'too_early'
  if (error instanceof JobFailed) return 'final'
  return error instanceof VendorDown || isKeyRefused(error) ? 'vendor_down' : 'failed'
}

function isKeyRefused(error: unknown): boolean {
  return error instanceof VendorRefused && error.isAboutKey
}
