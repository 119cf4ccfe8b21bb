import type { App } from '../app.ts'
import { approveOrder } from '../orders/approve-order.ts'
import { rejectOrder } from '../orders/reject-order.ts'
import { revokeItem } from '../orders/revoke-item.ts'
import { sendReceiptAgain } from '../orders/send-receipt-again.ts'
import { correctEmail } from '../purchases/correct-email.ts'
import type { OrderChange } from './admin-requests.ts'

/**
 * Does what somebody of the seller's people wants of an order, and notes who it was.
 * @throws NotFound or Refused as the use case does that it calls
 */
export async function changeOrder(app: App, change: OrderChange, actor: string): Promise<void> {
  const { order_id: orderId } = change
  switch (change.action) {
    case 'approve':
      return approveOrder(app, { orderId, actor })
    case 'reject':
      return rejectOrder(app, { orderId, actor })
    case 'set_email':
      return void (await correctEmail(app, { orderId, actor, email: change.email }))
    case 'send_receipt':
      return void (await sendReceiptAgain(app, { orderId, actor, key: change.request_id }))
    case 'revoke':
    case 'restore':
      return void (await revokeItem(app, {
        orderId,
        actor,
        itemId: change.item_id,
        isRevoked: change.action === 'revoke',
      }))
  }
}
