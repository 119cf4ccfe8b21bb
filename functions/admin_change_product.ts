import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { changeProduct } from '../shop/catalogue/change-product.ts'
import { outcomeAnswer } from '../shop/catalogue/outcome-answer.ts'
import { ProductChange } from '../shop/catalogue/product-requests.ts'

/** Puts a product on the shelf, takes it off, or moves it in the shop's order. */
export default adminEndpoint({
  POST: async (request, app, { email }) => {
    const change = await readBody(request, ProductChange, app.siteUrl)
    const { status, body } = outcomeAnswer(await changeProduct(app, change, email))
    return Response.json(body, { status })
  },
})

export const config: Config = { path: '/admin_change_product' }
