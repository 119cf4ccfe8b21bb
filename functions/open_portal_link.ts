import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { portalCookie } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { openPortalLink } from '../shop/purchases/open-portal-link.ts'
import { PortalToken } from '../shop/purchases/portal-requests.ts'

/** Uses the link of a mail up. A POST, which a page makes after a click: programs that follow links in mails must not. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { token } = await readBody(request, PortalToken, app.siteUrl)
    await limitRate(app, 'open_portal_link', { address: ip })
    const { email, secret } = await openPortalLink(app, token)
    return Response.json({ state: 'open', email }, { headers: { 'set-cookie': portalCookie(secret) } })
  },
})

export const config: Config = { path: '/open_portal_link' }
