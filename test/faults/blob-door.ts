import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setEnvironmentContext } from '@netlify/blobs'

/**
 * What becomes of the reading of a file: `hang` never answers, `silent` begins an answer and sends nothing, `refuse` is a 500 every time,
 * `empty` is a file of no bytes. With `after` so many bytes it ends as if that were all, stands still, or breaks; `more` adds bytes; a
 * function is waited for first.
 */
export type BlobFault =
  | 'hang'
  | 'silent'
  | 'refuse'
  | 'empty'
  | { after: number; and: 'end' | 'stall' | 'break' }
  | { more: number }
  | (() => Promise<unknown>)

/** What a reader gets who does not insist on the newest bytes. */
const STALE = 'a copy from before'

/**
 * A door in front of Netlify Blobs, through which the shop reads files from now on; other stores pass unharmed. Who reads files without
 * asking for strong consistency gets stale bytes.
 */
export async function openBlobDoor(edgeURL: string) {
  let fault: BlobFault | undefined
  const noted = { reads: 0, open: 0, abandoned: 0 }
  const newest = await listen((request, response) => void pass(request, response))
  const cached = await listen((request, response) => {
    if (isFile(request)) response.end(STALE)
    else void pass(request, response)
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request
    if (isFile(request)) noted.reads += 1
    if (isFile(request) && fault === 'hang') return
    if (isFile(request) && fault === 'refuse') return void response.writeHead(500).end()
    if (isFile(request) && typeof fault === 'function') await fault()
    const body = method === 'GET' || method === 'HEAD' ? null : await bytesOf(request)
    const own = { authorization: headers.authorization ?? '' }
    const passed = await fetch(edgeURL + request.url, { method, headers: own, body })
    const plain = [...passed.headers].filter(([name]) => !/^(connection|transfer-encoding|content-length)$/.test(name))
    response.writeHead(passed.status, Object.fromEntries(plain))
    if (isFile(request) && passed.ok) return hand(passed, response)
    response.end(Buffer.from(await passed.arrayBuffer()))
  }

  async function hand(passed: Response, response: ServerResponse): Promise<void> {
    noted.open += 1
    response.on('close', () => {
      noted.open -= 1
      if (!response.writableFinished) noted.abandoned += 1
    })
    response.flushHeaders()
    if (fault === 'silent') return
    if (fault === 'empty') return void response.end()
    const limit = typeof fault === 'object' && 'after' in fault ? fault.after : Number.POSITIVE_INFINITY
    let left = limit
    for await (const chunk of Readable.fromWeb(passed.body as never)) {
      const piece = (chunk as Buffer).subarray(0, left)
      left -= piece.byteLength
      const isFull = !response.write(piece)
      if (isFull && !response.destroyed) await Promise.race([once(response, 'drain'), once(response, 'close')])
      if (response.destroyed) return
      if (left <= 0) break
    }
    finish(response)
  }

  function finish(response: ServerResponse): void {
    if (typeof fault === 'object' && 'more' in fault) response.write(Buffer.alloc(fault.more))
    if (typeof fault !== 'object' || 'more' in fault || fault.and === 'end') response.end()
    // Ends the connection, but not the answer: what was sent before still arrives.
    else if (fault.and === 'break') response.socket?.end()
  }

  setEnvironmentContext({
    siteID: 'test',
    token: 'test-token',
    edgeURL: cached.url,
    uncachedEdgeURL: newest.url,
    deployID: 'test',
    primaryRegion: 'us-east-2',
  })
  return {
    /** How often files were read, how many are being read, and how many readings nobody wanted to the end. */
    noted,
    /** From now on every reading of a file goes wrong like this, until `heal`. */
    break(how: BlobFault) {
      fault = how
    },
    heal() {
      fault = undefined
    },
    close: () => Promise.all([newest.close(), cached.close()]),
  }
}

function isFile({ method, url }: IncomingMessage): boolean {
  return method === 'GET' && (url ?? '').includes('product-files')
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      return new Promise((closed) => server.close(closed))
    },
  }
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Uint8Array.from(Buffer.concat(parts))
}
