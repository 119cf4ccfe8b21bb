import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readProduct } from '../adapters/request-body.ts'
import { addProduct } from '../shop/catalogue/add-product.ts'
import { editProduct } from '../shop/catalogue/edit-product.ts'
import { outcomeAnswer } from '../shop/catalogue/outcome-answer.ts'
import { SaveRequest } from '../shop/catalogue/product-requests.ts'

/** Adds a product, or changes what it says unless somebody else has done so meanwhile. */
export default adminEndpoint({
  POST: async (request, app, { email: actor }) => {
    const asked = await readProduct(request, SaveRequest, app.siteUrl)
    const typed = asked.fields
    const outcome =
      'product_id' in asked
        ? await editProduct(app, { id: asked.product_id, version: asked.version, typed, actor })
        : await addProduct(app, { typed, actor })
    const { status, body } = outcomeAnswer(outcome)
    return Response.json(body, { status })
  },
})

export const config: Config = { path: '/admin_save_product' }
