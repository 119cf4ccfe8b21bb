import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { openOrder, openOrderByLink } from '../shop/downloads/open-order.ts'
import { OrderRequest } from '../shop/downloads/order-request.ts'
import { answerOf } from '../shop/downloads/order-view.ts'

/** What /success shows: the state of an order, and short-lived links to its files. */
export default endpoint({
  POST: async (request, app) => {
    const asked = await readBody(request, OrderRequest, app.siteUrl)
    const view = 'access' in asked ? await openOrderByLink(app, asked.access) : await openOrder(app, asked.session_id)
    const { status, body } = answerOf(view)
    return Response.json(body, { status })
  },
})

export const config: Config = { path: '/get_entitlements' }
