import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { changeFile } from '../shop/catalogue/change-file.ts'
import { FileChange } from '../shop/catalogue/product-requests.ts'

/** Takes a version of a file from everybody who bought it, or gives it back. */
export default adminEndpoint({
  POST: async (request, app, { email }) => {
    const isDone = await changeFile(app, await readBody(request, FileChange, app.siteUrl), email)
    return Response.json({ state: isDone ? 'done' : 'unchanged' })
  },
})

export const config: Config = { path: '/admin_change_file' }
