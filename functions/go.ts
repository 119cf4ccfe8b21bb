import type { Config } from '@netlify/functions'
import { readClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { redirect } from '../adapters/redirect.ts'
import { readVisitor } from '../adapters/visitor.ts'
import { followLink } from '../shop/checkout/follow-link.ts'

/** A click on a product: 303 to Stripe's payment page, or 302 to the other shop. */
export default endpoint(
  {
    GET: async (request, app, context) => {
      const visitor = readVisitor(request)
      if (visitor.isPrefetch) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
      const claim = readClaim(request)
      const { kind, url } = await followLink(app, { slug: context.params.slug ?? '', visitor, claim: claim.secret })
      if (kind === 'checkout') return redirect(303, url, { 'set-cookie': claim.cookie })
      // Amazon must see which site the visitor comes from.
      return redirect(302, url, kind === 'affiliate' ? { 'referrer-policy': 'strict-origin-when-cross-origin' } : {})
    },
  },
  'person',
)

export const config: Config = { path: '/go/:slug' }
