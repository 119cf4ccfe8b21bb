import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { gatherMyData } from '../shop/purchases/gather-my-data.ts'
import { identifyBuyer } from '../shop/purchases/identify-buyer.ts'
import { Nothing } from '../shop/purchases/portal-requests.ts'

/** Everything that the shop holds under an address, as a file. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    await readBody(request, Nothing, app.siteUrl)
    await limitRate(app, 'get_my_data', { address: ip })
    const buyer = await identifyBuyer(app, readCredentials(request))
    const headers = { 'content-disposition': 'attachment; filename="my-data.json"', vary: 'Cookie' }
    return Response.json(await gatherMyData(app, buyer), { headers })
  },
})

export const config: Config = { path: '/get_my_data' }
