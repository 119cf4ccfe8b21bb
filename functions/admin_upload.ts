import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { UploadRequest } from '../shop/catalogue/product-requests.ts'
import { startUpload } from '../shop/catalogue/start-upload.ts'

/** Begins an upload, or says how far it is. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { sha256 } = await readBody(request, UploadRequest, app.siteUrl)
    return Response.json(await startUpload(app, sha256))
  },
})

export const config: Config = { path: '/admin_upload' }
