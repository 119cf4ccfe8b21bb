import { rejectInReview } from '../../db/order-decisions.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import { explainUndecidable } from './approve-order.ts'

/**
 * Turns an order in review down; a job pays the buyer back in full.
 * @param actor who decides, for the order's history
 * @throws NotFound for an unknown order, InvalidInput when it does not wait for a decision
 */
export async function rejectOrder(app: App, { orderId, actor }: { orderId: string; actor: string }): Promise<void> {
  if (!(await rejectInReview(app.db, { orderId, actor }))) throw await explainUndecidable(app, orderId)
  app.log.info('order_rejected', { order_id: orderId })
  await wake(app)
}
