import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { OrderRequest } from '../shop/admin/admin-requests.ts'
import { gatherOrder } from '../shop/orders/gather-order.ts'

/** An order with everything that happened to it. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { order_id } = await readBody(request, OrderRequest, app.siteUrl)
    return Response.json(await gatherOrder(app, order_id))
  },
})

export const config: Config = { path: '/admin_order' }
