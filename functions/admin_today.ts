import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { TodayRequest } from '../shop/admin/admin-requests.ts'
import { listSales } from '../shop/admin/list-sales.ts'

/** What the shop has sold lately. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { days } = await readBody(request, TodayRequest, app.siteUrl)
    return Response.json(await listSales(app, days))
  },
})

export const config: Config = { path: '/admin_today' }
