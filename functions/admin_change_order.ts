import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { OrderChange } from '../shop/admin/admin-requests.ts'
import { changeOrder } from '../shop/admin/change-order.ts'

/** Decides a review, mends an address, sends a receipt again, takes access away or gives it back. */
export default adminEndpoint({
  POST: async (request, app, { email }) => {
    await changeOrder(app, await readBody(request, OrderChange, app.siteUrl), email)
    return Response.json({ state: 'done' })
  },
})

export const config: Config = { path: '/admin_change_order' }
