import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import process from 'node:process'
import { getStore } from '@netlify/blobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBlobDoor } from '../faults/blob-door.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy } from '../support/sale.ts'
import type { DownloadServerWord } from './download-server.ts'

/** The largest file that Netlify Blobs hand out through a function. */
const SIZE = 19_000_000
const INTERRUPTIONS = 40
const BYTES = Uint8Array.from(randomBytes(SIZE))
const SHA256 = sha256(BYTES)

let platform: TestPlatform
let door: Awaited<ReturnType<typeof openBlobDoor>>
let grant: { orderItemId: string; fileId: string; epoch: number }

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  await buy(platform, 'book')
  await platform.work()
  door = await openBlobDoor(platform.blobsUrl)
  await getStore('product-files').set(`files/${SHA256}`, new Blob([BYTES]))
  await platform.rows('update product_files set key = $1, sha256 = $2, size_bytes = $3', [
    `files/${SHA256}`,
    SHA256,
    SIZE,
  ])
  const [row] = await platform.rows<{ item: string; file: string }>(
    'select order_item_id as item, file_id as file from entitlements',
  )
  grant = { orderItemId: row?.item ?? '', fileId: row?.file ?? '', epoch: 1 }
})
afterAll(async () => {
  await door?.close()
  await platform?.close()
})

async function link(origin = platform.siteUrl): Promise<string> {
  const { token } = await platform.app().tokens.mintDownload(grant, 900)
  return `${origin}/download?token=${token}`
}

describe('a file of 19 MB', () => {
  it('D14 F50 comes out the same over 40 interruptions, counts once, and every interruption lets the store go', async () => {
    const url = await link()
    const pieces: Uint8Array[] = []
    let have = 0
    for (let i = 0; i <= INTERRUPTIONS; i++) {
      const share = i === INTERRUPTIONS ? SIZE : Math.ceil((SIZE / INTERRUPTIONS) * 0.97)
      const part = await readSome(url, have, share)
      pieces.push(...part)
      have = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    }
    expect(have).toBe(SIZE)
    expect(sha256(Buffer.concat(pieces))).toBe(SHA256)
    expect(await platform.rows('select jti from downloads')).toHaveLength(1)
    expect(door.noted.reads).toBe(INTERRUPTIONS + 1)
    await expect.poll(() => door.noted.open, { timeout: 10_000 }).toBe(0)
    // Those near the end were sent as a whole into the buffers of the connection.
    expect(door.noted.abandoned).toBeGreaterThan(10)
  })

  it('ten times at once adds less than 64 MB to the memory of the function', async () => {
    await platform.rows('delete from downloads')
    const server = await startServer()
    const ten = async () =>
      Promise.all(Array.from({ length: 10 }, async () => digestOf(await fetch(await link(server.origin)))))
    for (let i = 0; i < 3; i++) await digestOf(await fetch(await link(server.origin)))
    const before = await server.peak()
    expect(await ten()).toEqual(Array.from({ length: 10 }, () => SHA256))
    const added = (await server.peak()) - before
    console.info(
      `ten downloads of 19 MB at once added ${(added / 1e6).toFixed(1)} MB to ${(before / 1e6).toFixed(1)} MB`,
    )
    await server.stop()
    expect(added).toBeLessThan(64e6)
  })
})

/** Reads on from a byte until it has as many as it wanted, and hangs up. */
async function readSome(url: string, from: number, wanted: number): Promise<Uint8Array[]> {
  const hangUp = new AbortController()
  const headers = { range: `bytes=${from}-`, 'if-range': `"${SHA256}"` }
  const answer = await fetch(url, { headers, signal: hangUp.signal })
  expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${from}-${SIZE - 1}/${SIZE}`])
  const pieces: Uint8Array[] = []
  let got = 0
  const reader = (answer.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const part = piece.value.subarray(0, wanted - got)
    pieces.push(part)
    got += part.byteLength
    if (got < wanted) continue
    hangUp.abort()
    break
  }
  return pieces
}

async function digestOf(answer: Response): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of answer.body ?? []) hash.update(piece)
  return hash.digest('hex')
}

/** The function in a process of its own, with this shop's database, tokens and Blobs. */
async function startServer() {
  const { pathname: edge } = new URL(platform.blobsUrl)
  const url = platform.blobsUrl + edge.replace(/\/$/, '')
  const blobs = { siteID: 'test', token: 'test-token', edgeURL: url, uncachedEdgeURL: url, deployID: 'test' }
  const child = fork(new URL('./download-server.ts', import.meta.url), {
    env: { ...process.env, NETLIFY_BLOBS_CONTEXT: Buffer.from(JSON.stringify(blobs)).toString('base64') },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const word = await hear(child)
  if (!('port' in word)) throw new Error('the server said something else first')
  return {
    origin: `http://127.0.0.1:${word.port}`,
    /** The most memory that it has had since this was asked last, in bytes. */
    async peak(): Promise<number> {
      child.send('peak')
      const answer = await hear(child)
      return 'peak' in answer ? answer.peak : 0
    },
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function hear(child: ChildProcess): Promise<DownloadServerWord> {
  const [word] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (typeof word !== 'object') throw new Error(`the server ended with ${word}`)
  return word as DownloadServerWord
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
