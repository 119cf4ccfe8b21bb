import { enqueueSyncs, type WantedSync } from '../../db/reconcile.ts'
import type { App } from '../app.ts'
import type { Drift } from './drift.ts'

/**
 * Asks the ordinary worker to sync the orders that differ, one job for each sale and each thing that Stripe says of it, and tells the
 * seller; whoever calls this
 * outside of a worker wakes one afterwards. @returns how many jobs were opened
 */
export async function startSyncs(app: Pick<App, 'db' | 'log'>, drifts: Drift[]): Promise<number> {
  const wanted = new Map(drifts.map(wantedSync).map((sync) => [sync.id, sync]))
  if (wanted.size === 0) return 0
  for (const drift of drifts) {
    const { kind, orderId, paymentIntentId, stripe, ours } = drift
    const sale = { job_id: wantedSync(drift).id, order_id: orderId, payment_intent_id: paymentIntentId }
    app.log.warn('drift_found', { kind, ...sale, stripe, ours })
  }
  return enqueueSyncs(app.db, [...wanted.values()])
}

function wantedSync({ kind, orderId, sessionId, paymentIntentId, digest, stripe, ours }: Drift): WantedSync {
  const id = `reconcile:${sessionId ?? paymentIntentId}:${digest}`
  const order = orderId ? { order_id: orderId } : {}
  const tells = { drift: kind, ...order, stripe_said: stripe, shop_said: ours }
  if (sessionId) return { id, tells, payload: { stripe_session_id: sessionId } }
  if (paymentIntentId) return { id, tells, payload: { stripe_payment_intent_id: paymentIntentId } }
  throw new TypeError('a difference is about a session or a payment')
}
