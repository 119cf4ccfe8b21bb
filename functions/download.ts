import type { Config } from '@netlify/functions'
import { contentDisposition } from '../adapters/content-disposition.ts'
import { endpoint } from '../adapters/endpoint.ts'
import type { App } from '../shop/app.ts'
import { openFile } from '../shop/downloads/open-file.ts'
import { readToken } from '../shop/downloads/token-parameter.ts'

/** A bought file, while the order grants it. */
export default endpoint({ GET: serve, HEAD: serve }, 'person')

async function serve(request: Request, app: App): Promise<Response> {
  const token = readToken(new URL(request.url).searchParams)
  const { filename, size_bytes, sha256, body } = await openFile(app, token, { headersOnly: request.method === 'HEAD' })
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': contentDisposition(filename),
      'content-length': String(size_bytes),
      etag: `"${sha256}"`,
    },
  })
}

export const config: Config = { path: '/download' }
