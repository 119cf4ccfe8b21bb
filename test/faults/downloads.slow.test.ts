import { createHash, randomBytes } from 'node:crypto'
import process from 'node:process'
import { getStore } from '@netlify/blobs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTokens } from '../../adapters/tokens.ts'
import { openStage, type Stage } from '../reconcile/stage.ts'
import { BOOK } from '../support/demo-products.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'
import { openBlobDoor } from './blob-door.ts'

let stage: Stage
let door: Awaited<ReturnType<typeof openBlobDoor>>
let secret: string | undefined

beforeAll(async () => {
  stage = await openStage()
  secret = process.env.DOWNLOAD_TOKEN_SECRET
  door = await openBlobDoor(stage.blobsUrl)
})
afterAll(async () => {
  await door?.close()
  await stage?.close()
})
afterEach(() => {
  door.heal()
  process.env.DOWNLOAD_TOKEN_SECRET = secret
})

type Sale = { sessionId: string; url: string }

async function sell(slug = 'book'): Promise<Sale> {
  const sessionId = await buy(stage, slug)
  await stage.work()
  return { sessionId, url: await linkOf(sessionId) }
}

async function linkOf(sessionId: string): Promise<string> {
  const answer = await post(stage, '/get_entitlements', { session_id: sessionId })
  const { downloads } = (await answer.json()) as { downloads: { url: string }[] }
  return downloads[0]?.url ?? ''
}

const part = (url: string, range: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { range, ...headers } })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const counted = async () => (await stage.rows('select 1 from downloads')).length

/** Puts a file of random bytes in the place of every sold one. */
async function replaceFile(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await getStore('product-files').set(`files/${sha256}`, new Blob([bytes]))
  await stage.rows('update product_files set key = $1, sha256 = $2, size_bytes = $3', [
    `files/${sha256}`,
    sha256,
    bytes.byteLength,
  ])
  return sha256
}
const revoke = (sessionId: string) =>
  stage.rows(
    'update order_items set revoked_at = now() where order_id = (select id from orders where stripe_session_id = $1)',
    [sessionId],
  )
const book = () => replaceFile(BOOK.bytes as Uint8Array<ArrayBuffer>)

describe('a token’s key', () => {
  it('F38 that is new signs at once, the old one is good until it is removed, and then opens nothing', async () => {
    const old = randomBytes(32).toString('base64')
    const young = randomBytes(32).toString('base64')
    process.env.DOWNLOAD_TOKEN_SECRET = old
    const { sessionId, url } = await sell()
    const kid = (link: string) => JSON.parse(Buffer.from(link.split(/[=.]/)[1] ?? '', 'base64url').toString()).kid
    process.env.DOWNLOAD_TOKEN_SECRET = `${young},${old}`
    const fresh = await linkOf(sessionId)
    expect(kid(fresh)).not.toBe(kid(url))
    expect([(await fetch(url)).status, (await fetch(fresh)).status]).toEqual([200, 200])
    process.env.DOWNLOAD_TOKEN_SECRET = young
    expect([(await fetch(url)).status, (await fetch(fresh)).status]).toEqual([401, 200])
  })

  it('F38 does not lengthen the life of a link: after 15 minutes it has expired, whichever signed it', async () => {
    const old = randomBytes(32).toString('base64')
    process.env.DOWNLOAD_TOKEN_SECRET = `${randomBytes(32).toString('base64')},${old}`
    const mint = async (secondsAgo: number) => {
      const now = () => new Date(Date.now() - secondsAgo * 1000)
      const tokens = createTokens({ secrets: [old], issuer: stage.siteUrl, now, accessDays: 1 })
      const { token } = await tokens.mintDownload({ orderItemId: 'itm_none', fileId: 'fil_none', epoch: 1 }, 3_600)
      return (await fetch(`${stage.siteUrl}/download?token=${token}`)).status
    }
    expect([await mint(890), await mint(910)]).toEqual([404, 410])
  })
})

describe('a refund', () => {
  it('F50 during an open download lets that stream finish and closes every further request', async () => {
    const bytes = Uint8Array.from(randomBytes(4_000_000))
    await replaceFile(bytes)
    const { sessionId, url } = await sell()
    const open = await fetch(url)
    const reader = (open.body ?? new ReadableStream()).getReader()
    const pieces = [(await reader.read()).value ?? new Uint8Array()]
    await stage.refund(sessionId)
    await stage.stripe.deliverDue()
    await stage.work()
    expect((await part(url, 'bytes=100-199')).status).toBe(403)
    expect((await part(url, 'bytes=0-', { 'if-range': open.headers.get('etag') ?? '' })).status).toBe(403)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(403)
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) pieces.push(piece.value)
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    await book()
  })

  it('F50 while the store is slow hands out nothing', async () => {
    const { sessionId, url } = await sell()
    const before = await counted()
    door.break(() => revoke(sessionId))
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([403, null])
    expect(await counted()).toBe(before)
  })

  it.each<[number, string, (sale: Sale) => Promise<unknown>]>([
    [1_000, 'a refund', ({ sessionId }) => stage.refund(sessionId)],
    [300, 'a dispute', ({ sessionId }) => stage.press('dispute', sessionId)],
    [300, 'a revocation', ({ sessionId }) => revoke(sessionId)],
    [
      100,
      'a change of the address',
      ({ sessionId }) =>
        stage.rows('update orders set access_epoch = access_epoch + 1 where stripe_session_id = $1', [sessionId]),
    ],
  ])('F50 leaves 0 of %i links that were made before %s', async (count, _what, close) => {
    const sale = await sell()
    const links = await mintLinks(sale, count)
    expect((await fetch(links[0] ?? '', { method: 'HEAD' })).status).toBe(200)
    await close(sale)
    await stage.stripe.deliverDue()
    await stage.work()
    expect(await tally(links)).toEqual({ '403 ': count })
  })
})

/** Links as the shop makes them, of one bought item. */
async function mintLinks({ sessionId }: Sale, count: number): Promise<string[]> {
  const [found] = await stage.rows<{ orderItemId: string; fileId: string }>(
    'select order_item_id as "orderItemId", file_id as "fileId" from entitlements where stripe_session_id = $1',
    [sessionId],
  )
  if (!found) throw new Error('nothing was sold')
  const { tokens } = stage.app()
  const mint = async () => (await tokens.mintDownload({ ...found, epoch: 1 }, 900)).token
  const minted = await Promise.all(Array.from({ length: count }, mint))
  return minted.map((token) => `${stage.siteUrl}/download?token=${token}`)
}

/** How many links are answered in which way; an answer with anything of a file in it stands out. */
async function tally(links: string[]): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {}
  for (let i = 0; i < links.length; i += 25) {
    const answers = await Promise.all(links.slice(i, i + 25).map((link) => fetch(link)))
    for (const answer of answers) {
      const outcome = `${answer.status} ${(await answer.text()).includes('%PDF') ? 'with bytes' : ''}`
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
  }
  return outcomes
}

describe('the file store', () => {
  it.each([
    ['does not have the file', 'gone'],
    ['has a file of no bytes', 'empty'],
  ] as const)('F52 that %s: 503, the seller is told once, and the try does not count', async (_what, fault) => {
    const { url } = await sell()
    await stage.rows("delete from jobs where id like 'mail:seller_missing_file%'")
    await stage.rows("delete from emails where kind = 'seller_missing_file'")
    expectErrors()
    if (fault === 'gone') await stage.rows("update product_files set key = 'files/lost'")
    else door.break(fault)
    const before = await counted()
    for (const range of ['', 'bytes=0-9']) {
      const answer = await part(url, range)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      expect(await answer.text()).toContain('write to us')
    }
    expect(await counted()).toBe(before)
    await stage.store.settled()
    expect(await stage.rows("select id from emails where kind = 'seller_missing_file'")).toHaveLength(1)
    await book()
    door.heal()
    expect((await fetch(url)).status).toBe(200)
  })

  it.each([
    ['never answers', 'hang'],
    ['begins to answer and sends nothing', 'silent'],
    ['refuses every time', 'refuse'],
  ] as const)('F53 that %s: 503 within 8 s, to be tried again in 30', async (_what, fault) => {
    const { url } = await sell()
    const before = await counted()
    expectErrors()
    door.break(fault)
    const began = performance.now()
    const answers = await Promise.all([fetch(url), part(url, 'bytes=5-')])
    expect(performance.now() - began).toBeLessThan(8_500)
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      expect(await answer.text()).toContain('not there right now')
    }
    expect(await counted()).toBe(before)
    door.heal()
    expect((await bytesOf(await fetch(url))).equals(BOOK.bytes)).toBe(true)
    await stage.store.settled()
  })

  it.each([
    ['ends too early', { after: 5_000, and: 'end' }],
    ['breaks', { after: 5_000, and: 'break' }],
    ['stands still', { after: 5_000, and: 'stall' }],
    ['sends more than the file', { more: 10 }],
  ] as const)('F53 that %s: the download breaks and never looks complete', async (_what, fault) => {
    const { url } = await sell()
    expectErrors()
    door.break(fault)
    await expect(fetch(url).then(async (answer) => (await bytesOf(answer)).byteLength)).rejects.toThrow()
    door.heal()
    expect((await bytesOf(await part(url, 'bytes=5000-'))).equals(BOOK.bytes.slice(5_000))).toBe(true)
  })

  it('F54 has another file in its place: a resumed download begins anew and never mixes the two', async () => {
    const [first, second] = [Uint8Array.from(randomBytes(50_000)), Uint8Array.from(randomBytes(50_000))] as const
    await replaceFile(first)
    const { url } = await sell()
    const begun = await part(url, 'bytes=0-19999')
    const etag = begun.headers.get('etag') ?? ''
    expect((await bytesOf(begun)).equals(first.slice(0, 20_000))).toBe(true)
    await replaceFile(second)
    const resumed = await part(url, 'bytes=20000-', { 'if-range': etag })
    expect([resumed.status, resumed.headers.get('content-range')]).toEqual([200, null])
    expect(resumed.headers.get('etag')).not.toBe(etag)
    expect((await bytesOf(resumed)).equals(second)).toBe(true)
    expect((await fetch(url, { headers: { 'if-match': etag } })).status).toBe(412)
    await book()
  })

  it('F55 is asked for its newest bytes: nothing is read from where an old copy may be cached', async () => {
    const { url } = await sell()
    const stale = await getStore('product-files').get(`files/${BOOK.sha256}`)
    expect(stale).toBe('a copy from before')
    expect((await bytesOf(await fetch(url))).equals(BOOK.bytes)).toBe(true)
  })
})
