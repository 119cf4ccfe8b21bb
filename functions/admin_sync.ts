import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { readBody } from '../adapters/request-body.ts'
import { OrderRequest } from '../shop/admin/admin-requests.ts'
import { syncKnownOrder } from '../shop/orders/sync-known-order.ts'

/** Reads an order back from Stripe at once. */
export default adminEndpoint(
  {
    POST: async (request, app, { email: actor }) => {
      const { order_id: orderId } = await readBody(request, OrderRequest, app.siteUrl)
      return Response.json(await syncKnownOrder(app, { orderId, actor }))
    },
  },
  PAYMENTS,
)

export const config: Config = { path: '/admin_sync' }
