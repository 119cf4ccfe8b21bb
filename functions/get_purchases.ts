import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { identifyBuyer } from '../shop/purchases/identify-buyer.ts'
import { listPurchases } from '../shop/purchases/list-purchases.ts'
import { PageRequest } from '../shop/purchases/portal-requests.ts'

/** What /purchases shows: the orders of whoever has proved that mails to an address reach them. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { after } = await readBody(request, PageRequest, app.siteUrl)
    await limitRate(app, 'get_purchases', { address: ip })
    const buyer = await identifyBuyer(app, readCredentials(request))
    return Response.json(await listPurchases(app, buyer, after))
  },
})

export const config: Config = { path: '/get_purchases' }
