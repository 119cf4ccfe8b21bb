import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { identifyBuyer } from '../shop/purchases/identify-buyer.ts'
import { LinksRequest } from '../shop/purchases/portal-requests.ts'
import { sendPurchaseLinks } from '../shop/purchases/send-purchase-links.ts'

/** Sends the links of one order by mail, to its own address. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { order_id } = await readBody(request, LinksRequest, app.siteUrl)
    await limitRate(app, 'send_purchase_links', { address: ip })
    const buyer = await identifyBuyer(app, readCredentials(request))
    await sendPurchaseLinks(app, buyer, order_id)
    return Response.json({ state: 'sent' }, { status: 202 })
  },
})

export const config: Config = { path: '/send_purchase_links' }
