import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { readBody } from '../adapters/request-body.ts'
import { RefundRequest } from '../shop/admin/admin-requests.ts'
import { refundOrder } from '../shop/orders/refund-order.ts'

/** Pays an order back, or a part of it, once however often the page asks. */
export default adminEndpoint(
  {
    POST: async (request, app, { email: actor }) => {
      const asked = await readBody(request, RefundRequest, app.siteUrl)
      const { order_id: orderId, request_id: requestId, seen, again = false } = asked
      const wish =
        typeof asked.wish === 'object' && 'item_ids' in asked.wish ? { itemIds: asked.wish.item_ids } : asked.wish
      return Response.json(await refundOrder(app, { orderId, requestId, wish, seen, again, actor }))
    },
  },
  PAYMENTS,
)

export const config: Config = { path: '/admin_refund' }
