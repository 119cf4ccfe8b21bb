import { findCaredOrder, insertReceipt } from '../../db/order-care.ts'
import type { App } from '../app.ts'
import { NotFound, Refused } from '../errors.ts'
import { wake } from '../wake.ts'

type Asked = { orderId: string; actor: string; key: string }

/**
 * Sends an order's receipt once more, with fresh links. @param key whoever asks twice with the same one sends one mail
 * @returns the address that it goes to
 * @throws NotFound for an unknown order, Refused when there is nothing to send a receipt about, or nobody to send it to
 */
export async function sendReceiptAgain(app: App, asked: Asked): Promise<string> {
  const email = await insertReceipt(app.db, asked)
  if (email === null) throw await explain(app, asked.orderId)
  app.log.info('receipt_sent_again', { order_id: asked.orderId })
  await wake(app)
  return email
}

async function explain(app: App, orderId: string): Promise<NotFound | Refused> {
  const order = await findCaredOrder(app.db, orderId)
  if (!order) return new NotFound(`There is no order ${orderId}.`)
  if (order.email === null)
    return new Refused('no_address', 409, `Order ${orderId} has no address to send anything to.`)
  return new Refused(
    'no_receipt',
    409,
    `Order ${orderId} is ${order.status}: there is nothing to send a receipt about.`,
  )
}
