import type { App } from '../shop/app.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import { makeRefund } from '../shop/orders/make-refund.ts'
import type { JobEnd, Lease } from './registry.ts'

/** Makes a refund that somebody asked for and that Stripe did not answer about; it is made once however often the job runs. */
export async function makeRefundJob(app: App, { job }: Lease): Promise<JobEnd> {
  await makeRefund(app, JOB_PAYLOADS.make_refund.parse(job.payload).refund_request_id)
  return 'done'
}
