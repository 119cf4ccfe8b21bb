import type { App } from '../shop/app.ts'
import { JobDeferred, JobFailed, NotFound } from '../shop/errors.ts'
import { JOB_PAYLOADS, type JobPayload } from '../shop/jobs.ts'
import { syncOrder } from '../shop/orders/sync-order.ts'
import type { JobEnd, Lease } from './registry.ts'

/** A session that Stripe did not know this often does not exist; it may only be young at first. */
const TRIES = 3

/** Brings an order up to date with its checkout session, which the payload names directly or by payment intent. */
export async function syncOrderJob(app: App, { job, observedAt }: Lease): Promise<JobEnd> {
  const payload = JOB_PAYLOADS.sync_order.parse(job.payload)
  const sessionId = await findSession(app, payload)
  if (!sessionId) return 'done'
  const fraudWarningId = 'stripe_early_fraud_warning_id' in payload ? payload.stripe_early_fraud_warning_id : undefined
  const outcome = await syncOrder(app, sessionId, { job, observedAt, fraudWarningId })
  if (outcome.kind === 'lost') return 'lost'
  if (outcome.kind === 'written')
    app.log.info('order_written', { job_id: job.id, order_id: outcome.orderId, status: outcome.status })
  if (outcome.kind !== 'nothing') return 'settled'
  if (outcome.why === 'unknown')
    throw job.attempts < TRIES
      ? new NotFound('Stripe does not know this session')
      : new JobFailed('Stripe does not know this session')
  // Every event that we listen to comes after completion or expiry, so Stripe is only late in showing it; a session opens for an hour.
  if (outcome.why === 'open') throw new JobDeferred('Stripe still shows this session as open', { retryAfter: 30 })
  app.log.info('nothing_to_write', { job_id: job.id, why: outcome.why })
  return 'done'
}

/** A payment intent without a session was made by another program on this Stripe account. */
async function findSession(app: App, payload: JobPayload<'sync_order'>): Promise<string | null> {
  return 'stripe_session_id' in payload
    ? payload.stripe_session_id
    : app.payments.findSessionId(payload.stripe_payment_intent_id)
}
