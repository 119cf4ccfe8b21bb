import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { listCatalogue } from '../shop/catalogue/list-catalogue.ts'
import { ProductsRequest } from '../shop/catalogue/product-requests.ts'

/** Products in the shop's order, searched and by state. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { search = '', state = null, after = null } = await readBody(request, ProductsRequest, app.siteUrl)
    return Response.json(await listCatalogue(app, { search, status: state, after }))
  },
})

export const config: Config = { path: '/admin_products' }
