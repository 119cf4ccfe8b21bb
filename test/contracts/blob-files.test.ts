import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setEnvironmentContext } from '@netlify/blobs'
import { afterEach, describe, expect, it } from 'vitest'
import { createBlobFiles } from '../../adapters/blobs.ts'
import { createOpenBlobs } from '../../adapters/open-blobs.ts'
import { Misconfigured, VendorDown, VendorRefused } from '../../shop/errors.ts'
import { answeringServer, type Reply } from '../adapters/answering-server.ts'
import { bytesOf, openRun, sourceOf } from './file-store-stage.ts'

const MIB = 1024 ** 2
const before = process.env.NETLIFY_BLOBS_CONTEXT
afterEach(() => {
  delete process.env.NETLIFY_BLOBS_CONTEXT
  if (before !== undefined) process.env.NETLIFY_BLOBS_CONTEXT = before
})

const files = createBlobFiles({ openBlobs: createOpenBlobs(undefined), access: undefined })

function useBlobsAt(url: string): void {
  setEnvironmentContext({
    siteID: 's',
    token: 't',
    edgeURL: url,
    uncachedEdgeURL: url,
    deployID: 'd',
    primaryRegion: 'us-east-2',
  })
}

async function using<Result>(reply: Reply, work: () => Promise<Result>): Promise<Result> {
  await using server = await answeringServer(reply)
  useBlobsAt(server.origin)
  return await work()
}

describe('Netlify Blobs, when they do not work', () => {
  it('F53 are given up after 8 seconds, for every kind of question', async () => {
    await using('hang', async () => {
      const start = performance.now()
      const asks = [files.open('a'), files.open('a', { first: 0, last: 9 }), files.stat('a'), files.remove('a')]
      for (const outcome of await Promise.allSettled(asks))
        expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'VendorDown', retryAfter: 30 } })
      const seconds = (performance.now() - start) / 1000
      expect([seconds > 7.9, seconds < 10]).toEqual([true, true])
    })
  })

  it('have not stored what they do not confirm', async () => {
    const write = () => files.write('a', sourceOf(bytesOf(10)), openRun().run)
    await using({ status: 200, body: '' }, () => expect(write()).rejects.toBeInstanceOf(VendorDown))
    await using({ status: 403, body: '' }, () => expect(write()).rejects.toBeInstanceOf(VendorDown))
    await using({ status: 200, body: '', headers: { etag: '"1"' } }, write)
  })

  it('are asked for in the words of who can mend it, when there are none', async () => {
    delete process.env.NETLIFY_BLOBS_CONTEXT
    const error: unknown = await files.stat('a').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Misconfigured)
    expect((error as Error).message).toMatch(/^NETLIFY_SITE_ID and NETLIFY_AUTH_TOKEN are not set/)
  })

  it('tell the owner of a refused token so, and never the token', async () => {
    const access = { siteID: 'site', token: 'nfp_secret' }
    const openBlobs = () => {
      throw Object.assign(new Error('Netlify Blobs has generated an internal error (401 status code)'), { status: 401 })
    }
    const error: unknown = await createBlobFiles({ openBlobs, access })
      .stat('a')
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(VendorRefused)
    expect(error).toMatchObject({
      isAboutKey: true,
      message: 'Netlify refuses NETLIFY_SITE_ID and NETLIFY_AUTH_TOKEN.',
    })
    expect(JSON.stringify(error)).not.toContain('nfp_secret')
  })
})

describe('a part of a file in Netlify Blobs', () => {
  /** Endless bytes, and how many of them have been taken. */
  async function endless() {
    let sent = 0
    let isClosed = false
    const server: Server = createServer((_request, response) => {
      const more = () => {
        let goesOn = !response.destroyed
        while (goesOn) {
          goesOn = response.write(Buffer.alloc(64 * 1024, 1))
          sent += 64 * 1024
        }
      }
      response.on('drain', more)
      response.on('close', () => {
        isClosed = true
      })
      more()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    useBlobsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return { server, sent: () => sent, isClosed: () => isClosed }
  }

  it('lets the store go after its last byte, and takes no more than it needs while nobody reads', async () => {
    const { server, sent, isClosed } = await endless()
    const stream = await files.open('a', { first: 40 * MIB, last: 40 * MIB + 9 })
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    expect(bytes.byteLength).toBe(10)
    await expect.poll(isClosed).toBe(true)
    // What lies between is buffers of the system.
    expect(sent()).toBeLessThan(60 * MIB)
    server.closeAllConnections()
    server.close()
  })

  it('ends the connection when the reader leaves', async () => {
    const { server, sent, isClosed } = await endless()
    const reader = (await files.open('a', { first: 5, last: 1_000 * MIB }))?.getReader()
    await reader?.read()
    await reader?.cancel()
    await expect.poll(isClosed).toBe(true)
    expect(sent()).toBeLessThan(20 * MIB)
    server.closeAllConnections()
    server.close()
  })
})
