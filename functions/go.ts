import type { Config, Context } from '@netlify/functions'
import { readClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { priceChangedPage } from '../adapters/price-changed.ts'
import { redirect } from '../adapters/redirect.ts'
import { readVisitor } from '../adapters/visitor.ts'
import type { App } from '../shop/app.ts'
import { followLink } from '../shop/checkout/follow-link.ts'
import { readSeenPrice } from '../shop/checkout/seen-price.ts'

/** A click on a product: to Stripe's payment page, the other shop or today's address, or a page that asks since the price has changed. */
export default endpoint({ GET: follow }, { reader: 'person', vendors: PAYMENTS })

async function follow(request: Request, app: App, { params, ip }: Context): Promise<Response> {
  const visitor = readVisitor(request)
  if (visitor.isPrefetch) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const claim = readClaim(request)
  const seen = readSeenPrice(new URL(request.url).searchParams.getAll('seen'))
  const click = { slug: params.slug ?? '', seen, visitor, claim: claim.secret, address: ip }
  const destination = await followLink(app, click)
  if (destination.kind === 'price_changed') return priceChangedPage(destination.change, app.shop.locale)
  const { kind, url } = destination
  if (kind === 'checkout') return redirect(303, url, { 'set-cookie': claim.cookie })
  if (kind !== 'affiliate') return redirect(kind === 'moved' ? 301 : 302, url)
  // Amazon must see which site the visitor comes from.
  return redirect(302, url, { 'referrer-policy': 'strict-origin-when-cross-origin' })
}

export const config: Config = { path: '/go/:slug' }
