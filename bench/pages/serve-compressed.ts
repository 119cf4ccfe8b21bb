import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { readHeaders } from '../../test/site/read-headers.ts'

/** What the shop's functions would answer to this POST. */
export type Answer = (path: string) => object

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.woff2': 'font/woff2',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
}
/** What Netlify's edge compresses. */
const TEXT = /^(text|application)\/|svg/
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** A built site on the loopback with the headers of its `_headers`, compressed as a CDN does it; over HTTP/1.1, since there is no certificate. */
export async function serveCompressed(folder: string, answer: Answer) {
  const server = createServer((request, response) => void reply(request, response, { folder, answer }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close }
}

async function reply(request: IncomingMessage, response: ServerResponse, site: { folder: string; answer: Answer }) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (request.method === 'POST') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(site.answer(pathname)))
    return
  }
  const path = join(site.folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
  const bytes = await readFile(path).catch(() => null)
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  const { body, encoding } = compressed(bytes ?? Buffer.from('Not found'), type, request)
  response.writeHead(bytes ? 200 : 404, {
    ...(await headersOf(site.folder, pathname)),
    'content-type': type,
    ...encoding,
  })
  response.end(body)
}

function compressed(bytes: Buffer, type: string, { headers }: IncomingMessage) {
  const accepted = TEXT.test(type) ? String(headers['accept-encoding'] ?? '') : ''
  if (/\bbr\b/.test(accepted)) return { body: brotliCompressSync(bytes, QUICK), encoding: { 'content-encoding': 'br' } }
  if (/\bgzip\b/.test(accepted)) return { body: gzipSync(bytes), encoding: { 'content-encoding': 'gzip' } }
  return { body: bytes, encoding: {} }
}

async function headersOf(folder: string, path: string): Promise<Record<string, string>> {
  const general = await readHeaders(folder, '/*')
  return path.startsWith('/assets/') ? { ...general, ...(await readHeaders(folder, '/assets/*')) } : general
}
