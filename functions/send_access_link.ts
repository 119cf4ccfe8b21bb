import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { shopPage } from '../adapters/error-pages.ts'
import { isForm, readBody, readForm } from '../adapters/request-body.ts'
import { isAddress, LinkForm, LinkWish } from '../shop/downloads/link-wish.ts'
import { sendAccessLink } from '../shop/downloads/send-access-link.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'

/** Asks for a fresh link by mail, from a script or from a form; the answer is the same whatever address was typed in. */
export default endpoint(
  {
    POST: async (request, app, { ip }) => {
      const read = () => readBody(request, LinkWish, app.siteUrl)
      const wish = isForm(request) ? await readForm(request, LinkForm, app.siteUrl) : await read()
      if ('token' in wish && !isAddress(wish.email)) return shopPage('bad-address', 400, wish.token)
      await limitRate(app, 'send_access_link', { address: ip })
      await sendAccessLink(app, wish)
      return isForm(request) ? shopPage('link-sent', 202) : Response.json({ state: 'sent' }, { status: 202 })
    },
  },
  { reader: (request) => (isForm(request) ? 'person' : 'program') },
)

export const config: Config = { path: '/send_access_link' }
