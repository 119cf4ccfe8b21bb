import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { readHeaders } from './read-headers.ts'

/** What the shop is asked by POST, and what a test lets it answer. */
export type Question = { path: string; body: unknown; referer: string | undefined }
export type Answer = { status: number; body: unknown; headers?: Record<string, string> }

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.jpeg': 'image/jpeg',
  '.mp3': 'audio/mpeg',
  '.woff2': 'font/woff2',
}

/** A built site on a free port, with its real policy, in front of an order that the test makes up; without an answer the line goes dead. */
export async function serveSite(folder: string, answer: (question: Question) => Answer | null) {
  const policy = await readHeaders(folder, '/*')
  const kept = { ...policy, ...(await readHeaders(folder, '/assets/*')) }
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') return reply(response, answer(await readQuestion(request)))
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    const bytes = await readFile(file).catch(() => null)
    response
      .writeHead(bytes ? 200 : 404, {
        ...(pathname.startsWith('/assets/') ? kept : policy),
        'content-type': TYPES[extname(file)] ?? 'text/plain',
      })
      .end(bytes)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, close }
}

async function readQuestion(request: IncomingMessage): Promise<Question> {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  return { path: request.url ?? '', body: JSON.parse(body), referer: request.headers.referer }
}

function reply(response: ServerResponse, answer: Answer | null): void {
  if (!answer) return void response.destroy()
  const { status, body, headers } = answer
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
