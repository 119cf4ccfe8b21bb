import type { Config } from '@netlify/functions'
import { contentDisposition } from '../adapters/content-disposition.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { redirect } from '../adapters/redirect.ts'
import type { App } from '../shop/app.ts'
import { fileHeaders, readFileRequest } from '../shop/downloads/file-answer.ts'
import { openFile } from '../shop/downloads/open-file.ts'
import { readToken } from '../shop/downloads/token-parameter.ts'

/** A bought file, or a part of it, while the order grants it. */
export default endpoint({ GET: serve, HEAD: serve }, { reader: 'person' })

async function serve(request: Request, app: App): Promise<Response> {
  const token = readToken(new URL(request.url).searchParams)
  const opened = await openFile(app, token, readFileRequest(request))
  if ('url' in opened) return redirect(302, opened.url, { 'cache-control': 'private, no-store' })
  const { answer, file, body } = opened
  return new Response(body, {
    status: answer.status,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': contentDisposition(file.filename),
      ...fileHeaders(answer, file),
    },
  })
}

export const config: Config = { path: '/download' }
