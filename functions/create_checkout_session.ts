import type { Config } from '@netlify/functions'
import { readClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { Basket } from '../shop/checkout/basket.ts'
import { startCheckout } from '../shop/checkout/start-checkout.ts'

/** Begins a checkout for a basket and answers where to pay. */
export default endpoint({
  POST: async (request, app) => {
    const basket = await readBody(request, Basket, app.siteUrl)
    const claim = readClaim(request)
    const { url } = await startCheckout(app, basket, claim.secret)
    return Response.json({ url }, { status: 201, headers: { 'set-cookie': claim.cookie } })
  },
})

export const config: Config = { path: '/create_checkout_session' }
