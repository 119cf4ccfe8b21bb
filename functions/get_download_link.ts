import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { identifyBuyer } from '../shop/purchases/identify-buyer.ts'
import { mintPurchaseLink } from '../shop/purchases/mint-purchase-link.ts'
import { FileRequest } from '../shop/purchases/portal-requests.ts'

/** A download link for one click in the portal. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { order_item_id, file_id } = await readBody(request, FileRequest, app.siteUrl)
    await limitRate(app, 'get_download_link', { address: ip })
    const buyer = await identifyBuyer(app, readCredentials(request))
    return Response.json(await mintPurchaseLink(app, buyer, { orderItemId: order_item_id, fileId: file_id }))
  },
})

export const config: Config = { path: '/get_download_link' }
