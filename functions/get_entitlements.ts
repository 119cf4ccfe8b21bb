import type { Config } from '@netlify/functions'
import { findClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { readBody } from '../adapters/request-body.ts'
import { openOrder, openOrderByLink } from '../shop/downloads/open-order.ts'
import { OrderRequest } from '../shop/downloads/order-request.ts'
import { answerOf } from '../shop/downloads/order-view.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'

/** What /success shows: the state of an order, and to its buyer short-lived links to its files. */
export default endpoint(
  {
    POST: async (request, app, { ip }) => {
      const asked = await readBody(request, OrderRequest, app.siteUrl)
      await limitRate(app, 'get_entitlements', { address: ip })
      const view =
        'access' in asked
          ? await openOrderByLink(app, asked.access)
          : await openOrder(app, { sessionId: asked.session_id, claim: findClaim(request) })
      const { status, body } = answerOf(view)
      return Response.json(body, { status })
    },
  },
  { vendors: PAYMENTS },
)

export const config: Config = { path: '/get_entitlements' }
