import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { askRebuild } from '../shop/publishing/ask-rebuild.ts'
import { Nothing } from '../shop/purchases/portal-requests.ts'

/** Asks for a build of the pages at once. */
export default adminEndpoint({
  POST: async (request, app) => {
    await readBody(request, Nothing, app.siteUrl)
    await askRebuild(app)
    return Response.json({ state: 'asked' })
  },
})

export const config: Config = { path: '/admin_rebuild' }
