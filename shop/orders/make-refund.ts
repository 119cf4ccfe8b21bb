import { findRefundRequest, settleRefundRequest } from '../../db/refund-requests.ts'
import type { App } from '../app.ts'
import { NotFound, VendorDown } from '../errors.ts'
import { syncOrder } from './sync-order.ts'
import type { RefundAnswer } from './wanted-refund.ts'

/**
 * Makes a refund that was asked for, once however often it is called, and brings the order up to date.
 * @throws NotFound for an unknown request, VendorDown when Stripe does not answer: the job tries again
 */
export async function makeRefund(app: App, requestId: string): Promise<RefundAnswer> {
  const request = await findRefundRequest(app.db, requestId)
  if (!request) throw new NotFound(`There is no refund ${requestId}.`)
  const { stripe_session_id: sessionId, amount, order_item_ids: itemIds, reason, stripe_refund_id } = request
  if (request.state === 'refused') return { state: 'refused', reason: reason ?? '' }
  if (stripe_refund_id) return { state: 'made', refundId: stripe_refund_id, status: 'known' }
  const made = await app.payments.refund({ requestId, sessionId, amount, itemIds })
  if (made.outcome === 'refused') {
    await settleRefundRequest(app.db, requestId, { state: 'refused', reason: made.reason })
    return { state: 'refused', reason: made.reason }
  }
  await settleRefundRequest(app.db, requestId, { state: 'made', refundId: made.refundId })
  app.log.info('refund_made', { order_id: request.order_id, refund_id: made.refundId, status: made.status })
  await syncOrQueue(app, sessionId)
  return { state: 'made', refundId: made.refundId, status: made.status }
}

/** The money is on its way by now; Stripe's events bring the order up to date if it does not answer here. */
async function syncOrQueue(app: App, sessionId: string): Promise<void> {
  try {
    await syncOrder(app, sessionId)
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('refund_not_synced', { session_id: sessionId })
  }
}
