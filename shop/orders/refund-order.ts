import { findRefundable, findRefundRequest, insertRefundRequest, isRepeated } from '../../db/refund-requests.ts'
import type { App } from '../app.ts'
import { NotFound, Refused, VendorDown, VendorRefused } from '../errors.ts'
import { makeRefund } from './make-refund.ts'
import { planRefund, type RefundAnswer, type RefundWish } from './wanted-refund.ts'

/** When the job of a request is due: a minute after it. */
const JOB_DUE_MS = 60_000

/**
 * `requestId` was made up by whoever asks: the same one is the same refund, however often it arrives. `seen` is what they were shown to
 * have been paid back. `again`: they know that the same was paid back within a day.
 */
export type RefundOrder = {
  orderId: string
  wish: RefundWish
  requestId: string
  seen: number
  again: boolean
  actor: string
}

/**
 * Pays back an order or a part of it through Stripe.
 * @throws NotFound for an unknown order; Refused when it cannot be paid back like this, with the states of planRefund and `changed`
 * (others were faster) and `repeated`
 */
export async function refundOrder(app: App, asked: RefundOrder): Promise<RefundAnswer> {
  const { orderId, requestId } = asked
  const known = await findRefundRequest(app.db, requestId)
  if (known && known.order_id !== orderId) throw new Refused('changed', 409, 'This refund is of another order.')
  if (!known) await request(app, asked)
  return attempt(app, requestId)
}

/** Whoever pressed twice at once finds the first one's request, whatever stood in the way of a second. */
async function request(app: App, asked: RefundOrder): Promise<void> {
  try {
    await writeDown(app, asked)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const first = await findRefundRequest(app.db, asked.requestId)
    if (first?.order_id !== asked.orderId) throw error
  }
}

async function writeDown(app: App, { orderId, wish, requestId, seen, again, actor }: RefundOrder): Promise<void> {
  const order = await findRefundable(app.db, orderId)
  if (!order) throw new NotFound(`There is no order ${orderId}.`)
  const planned = planRefund(order, wish)
  if (order.amount_refunded + order.reserved !== seen) throw changed()
  if (!again && (await isRepeated(app.db, orderId, planned)))
    throw new Refused(
      'repeated',
      409,
      'The same was paid back within the last day. Is it really to be paid back once more?',
    )
  if (!(await insertRefundRequest(app.db, order, { ...planned, id: requestId, actor }))) throw changed()
  await markJob(app)
}

function changed(): Refused {
  return new Refused('changed', 409, 'Something was paid back meanwhile. Look at the order again.')
}

/** Should this process end before Stripe has answered, the sweep finds the request's job. Without the mark it does within the hour. */
async function markJob(app: App): Promise<void> {
  try {
    await app.waker.writeMark(new Date(app.now().getTime() + JOB_DUE_MS))
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('refund_unmarked')
  }
}

/** Nobody knows how it ended when Stripe does not answer, or does not take our key; the job asks again until it does. */
async function attempt(app: App, requestId: string): Promise<RefundAnswer> {
  try {
    return await makeRefund(app, requestId)
  } catch (error) {
    const isWaiting = (error instanceof VendorDown && error.vendor === 'stripe') || error instanceof VendorRefused
    if (!isWaiting) throw error
    app.log.error('refund_waits', error, { request_id: requestId })
    return { state: 'open' }
  }
}
