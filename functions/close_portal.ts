import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { ENDED_PORTAL, readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { closePortal } from '../shop/purchases/close-portal.ts'
import { Nothing } from '../shop/purchases/portal-requests.ts'

/** Signs out whoever came by a link. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    await readBody(request, Nothing, app.siteUrl)
    await limitRate(app, 'close_portal', { address: ip })
    await closePortal(app, readCredentials(request))
    return Response.json({ state: 'closed' }, { headers: { 'set-cookie': ENDED_PORTAL } })
  },
})

export const config: Config = { path: '/close_portal' }
