import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { OrdersRequest } from '../shop/admin/admin-requests.ts'
import { listOrders } from '../shop/orders/list-orders.ts'

const PAGE = 50

/** Orders, newest first, searched and by state. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { search = '', status = null, after = null } = await readBody(request, OrdersRequest, app.siteUrl)
    return Response.json(await listOrders(app, { search, status, after, limit: PAGE }))
  },
})

export const config: Config = { path: '/admin_orders' }
