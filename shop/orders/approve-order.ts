import { approveInReview, findReviewedOrder } from '../../db/order-decisions.ts'
import type { App } from '../app.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import { wake } from '../wake.ts'

/**
 * Gives a buyer access to an order that was put aside for review.
 * @param actor who decides, for the order's history
 * @throws NotFound for an unknown order, InvalidInput when it does not wait for a decision
 */
export async function approveOrder(app: App, { orderId, actor }: { orderId: string; actor: string }): Promise<void> {
  if (!(await approveInReview(app.db, { orderId, actor }))) throw await explainUndecidable(app, orderId)
  app.log.info('order_approved', { order_id: orderId })
  await wake(app)
}

/** Why an order cannot be approved or rejected. */
export async function explainUndecidable(app: App, orderId: string): Promise<InvalidInput | NotFound> {
  const order = await findReviewedOrder(app.db, orderId)
  if (!order) return new NotFound(`There is no order ${orderId}.`)
  if (order.status === 'review') return new InvalidInput(`Order ${orderId} has been decided already.`)
  return new InvalidInput(`Order ${orderId} is ${order.status}; only an order in review can be decided.`)
}
