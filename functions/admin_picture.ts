import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { openPicture } from '../shop/catalogue/open-picture.ts'
import { PictureRequest } from '../shop/catalogue/product-requests.ts'

/** A picture that no build has shown yet, for the page that shows it to its editor. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { sha256 } = await readBody(request, PictureRequest, app.siteUrl)
    const { bytes, content_type } = await openPicture(app, sha256)
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': content_type } })
  },
})

export const config: Config = { path: '/admin_picture' }
