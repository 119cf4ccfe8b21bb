import type { Config } from '@netlify/functions'
import { readClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { priceChangedPage } from '../adapters/price-changed.ts'
import { redirect } from '../adapters/redirect.ts'
import { readVisitor } from '../adapters/visitor.ts'
import { followLink } from '../shop/checkout/follow-link.ts'
import { readSeenPrice } from '../shop/checkout/seen-price.ts'

/**
 * A click on a product: 303 to Stripe's payment page, 302 to the other shop, 301 from an earlier address, or a page that asks since the
 * price has changed.
 */
export default endpoint(
  {
    GET: async (request, app, context) => {
      const visitor = readVisitor(request)
      if (visitor.isPrefetch) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
      const claim = readClaim(request)
      const seen = readSeenPrice(new URL(request.url).searchParams.getAll('seen'))
      const destination = await followLink(app, { slug: context.params.slug ?? '', seen, visitor, claim: claim.secret })
      if (destination.kind === 'price_changed') return priceChangedPage(destination.change, app.shop.locale)
      const { kind, url } = destination
      if (kind === 'checkout') return redirect(303, url, { 'set-cookie': claim.cookie })
      if (kind === 'moved') return redirect(301, url)
      // Amazon must see which site the visitor comes from.
      return redirect(302, url, kind === 'affiliate' ? { 'referrer-policy': 'strict-origin-when-cross-origin' } : {})
    },
  },
  { reader: 'person', vendors: PAYMENTS },
)

export const config: Config = { path: '/go/:slug' }
