import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a made-up vendor does with a request: answers, hangs, or hangs up. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'hang' | 'reset'

/** A vendor on a free port that gives these replies in order, and the last one for ever. */
export async function answeringServer(...replies: Reply[]) {
  const requests: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    const reply = replies[Math.min(requests.push(request.headers), replies.length) - 1] ?? 'reset'
    request.resume()
    if (reply === 'hang') return
    if (reply === 'reset') return void response.destroy()
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
  })
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
