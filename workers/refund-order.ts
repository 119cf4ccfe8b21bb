import type { App } from '../shop/app.ts'
import { JobDeferred } from '../shop/errors.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import type { JobEnd, Lease } from './registry.ts'

/** Pays an order back in full, once however often the job runs. Stripe's events about the refund bring the order up to date. */
export async function refundOrderJob(app: App, { job }: Lease): Promise<JobEnd> {
  const { order_id, stripe_session_id } = JOB_PAYLOADS.refund_order.parse(job.payload)
  const outcome = await app.payments.refundInFull(stripe_session_id, `refund:${order_id}`)
  if (outcome === 'unsettled') throw new JobDeferred('the payment is still on its way', { retryAfter: 3600 })
  return 'done'
}
