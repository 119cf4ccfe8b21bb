import { changeItemAccess, findCaredOrder } from '../../db/order-care.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'

type ItemChange = { orderId: string; itemId: string; isRevoked: boolean; actor: string }

/**
 * Takes a buyer's access to an item away, or gives it back; it counts for the next download on. Money is not touched.
 * @returns whether anything changed: it may have been so already
 * @throws NotFound for an unknown order or an item that is not in it
 */
export async function revokeItem(app: App, change: ItemChange): Promise<boolean> {
  if (await changeItemAccess(app.db, change)) {
    app.log.info(change.isRevoked ? 'item_revoked' : 'item_restored', {
      order_id: change.orderId,
      item_id: change.itemId,
    })
    return true
  }
  const order = await findCaredOrder(app.db, change.orderId)
  if (!order) throw new NotFound(`There is no order ${change.orderId}.`)
  if (order.items.some(({ id }) => id === change.itemId)) return false
  throw new NotFound(`Order ${change.orderId} has no item ${change.itemId}.`)
}
