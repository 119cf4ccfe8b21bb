import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { finishUpload } from '../shop/catalogue/finish-upload.ts'
import { FinishRequest } from '../shop/catalogue/product-requests.ts'

/** Makes a picture or a version of a product's file of the parts that have come. */
export default adminEndpoint({
  POST: async (request, app, { email }) => {
    const asked = await readBody(request, FinishRequest, app.siteUrl)
    return Response.json(await finishUpload(app, asked, email))
  },
})

export const config: Config = { path: '/admin_finish_upload' }
