import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { gatherProduct } from '../shop/catalogue/gather-product.ts'
import { ProductRequest } from '../shop/catalogue/product-requests.ts'

/** A product with its files and its history. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { product_id } = await readBody(request, ProductRequest, app.siteUrl)
    return Response.json(await gatherProduct(app, product_id))
  },
})

export const config: Config = { path: '/admin_product' }
