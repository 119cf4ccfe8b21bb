import { findOrderFile } from '../../db/order-file.ts'
import { findRefundable } from '../../db/refund-requests.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import { type GatheredOrder, timelineOf } from './order-timeline.ts'
import { stripePage } from './stripe-page.ts'
import { refundableRest } from './wanted-refund.ts'

/** Of each kind of thing that happened to an order; a buyer's downloads have no other limit. */
const MOST = 200

/** Everything that the shop knows of an order. @throws NotFound when there is none */
export async function gatherOrder(app: Pick<App, 'db'>, orderId: string): Promise<GatheredOrder> {
  const [file, refundable] = await Promise.all([findOrderFile(app.db, orderId, MOST), findRefundable(app.db, orderId)])
  if (!file || !refundable) throw new NotFound(`There is no order ${orderId}.`)
  const gone = refundable.amount_refunded + refundable.reserved
  return {
    ...file,
    timeline: timelineOf(file),
    rest: refundableRest(refundable),
    gone,
    stripe_url: stripePage(file.order),
  }
}
