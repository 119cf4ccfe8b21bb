import { enqueueSyncs, type WantedSync } from '../../db/reconcile.ts'
import type { App } from '../app.ts'
import type { Drift } from './drift.ts'

/**
 * Asks the ordinary worker to sync the orders that differ, one job for each sale and each thing that Stripe says of it; whoever calls this
 * outside of a worker wakes one afterwards. @returns how many jobs were opened
 */
export async function startSyncs(app: Pick<App, 'db' | 'log'>, drifts: Drift[]): Promise<number> {
  const wanted = new Map(drifts.map(wantedSync).map((sync) => [sync.id, sync]))
  if (wanted.size === 0) return 0
  for (const { kind, orderId, sessionId, paymentIntentId, stripe, ours } of drifts) {
    const sale = { order_id: orderId, session_id: sessionId, payment_intent_id: paymentIntentId }
    app.log.warn('drift_found', { kind, ...sale, stripe, ours })
  }
  return enqueueSyncs(app.db, [...wanted.values()])
}

function wantedSync({ sessionId, paymentIntentId, digest }: Drift): WantedSync {
  const id = `reconcile:${sessionId ?? paymentIntentId}:${digest}`
  if (sessionId) return { id, payload: { stripe_session_id: sessionId } }
  if (paymentIntentId) return { id, payload: { stripe_payment_intent_id: paymentIntentId } }
  throw new TypeError('a difference is about a session or a payment')
}
