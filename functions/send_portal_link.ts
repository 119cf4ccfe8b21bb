import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { PortalWish } from '../shop/purchases/portal-requests.ts'
import { sendPortalLink } from '../shop/purchases/send-portal-link.ts'

/** Asks for a link to all orders of an address; the answer is the same whatever was typed in. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { email } = await readBody(request, PortalWish, app.siteUrl)
    await limitRate(app, 'send_portal_link', { address: ip })
    await sendPortalLink(app, email)
    return Response.json({ state: 'sent' }, { status: 202 })
  },
})

export const config: Config = {
  path: '/send_portal_link',
  rateLimit: { windowSize: 60, windowLimit: 20, aggregateBy: ['ip', 'domain'] },
}
