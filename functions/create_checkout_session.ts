import type { Config } from '@netlify/functions'
import { readClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { notForSale } from '../adapters/not-for-sale.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { priceConflict } from '../adapters/price-changed.ts'
import { readBody } from '../adapters/request-body.ts'
import { Basket } from '../shop/checkout/basket.ts'
import { startCheckout } from '../shop/checkout/start-checkout.ts'

/** Begins a checkout for a basket and answers where to pay; 409 names the lines whose price has changed, 404 or 410 what cannot be bought. */
export default endpoint(
  {
    POST: async (request, app, context) => {
      const basket = await readBody(request, Basket, app.siteUrl)
      const claim = readClaim(request)
      const outcome = await startCheckout(app, basket, { claim: claim.secret, backTo: '/basket/', address: context.ip })
      if (outcome.kind === 'unavailable') return notForSale(outcome.items, context.requestId)
      if (outcome.kind === 'price_changed') return priceConflict(outcome.changes, context.requestId)
      return Response.json({ url: outcome.url }, { status: 201, headers: { 'set-cookie': claim.cookie } })
    },
  },
  { vendors: PAYMENTS },
)

export const config: Config = {
  path: '/create_checkout_session',
  rateLimit: { windowSize: 60, windowLimit: 20, aggregateBy: ['ip', 'domain'] },
}
