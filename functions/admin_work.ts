import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { gatherWork } from '../shop/admin/gather-work.ts'
import { Nothing } from '../shop/purchases/portal-requests.ts'

/** How the shop's work stands. */
export default adminEndpoint({
  POST: async (request, app) => {
    await readBody(request, Nothing, app.siteUrl)
    return Response.json(await gatherWork(app))
  },
})

export const config: Config = { path: '/admin_work' }
