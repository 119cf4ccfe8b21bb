import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, post } from '../support/sale.ts'

const SIZE = BOOK.bytes.byteLength
const ETAG = `"${BOOK.sha256}"`
let platform: TestPlatform
let sessionId: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  sessionId = await buy(platform, 'book')
  await platform.work()
})
afterAll(() => platform.close())

async function link(): Promise<string> {
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  const { downloads } = (await answer.json()) as { downloads: { url: string }[] }
  return downloads[0]?.url ?? ''
}
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const counted = async () => (await platform.rows('select 1 from downloads')).length
const headersOf = ({ headers }: Response, ...names: string[]) => names.map((name) => headers.get(name))

describe('GET /download in parts', () => {
  it.each<[string, number, number]>([
    ['bytes=0-99', 0, 99],
    ['bytes=-500', SIZE - 500, SIZE - 1],
    ['bytes=500-', 500, SIZE - 1],
    ['bytes=7-7', 7, 7],
    [`bytes=${SIZE - 1}-${SIZE + 500}`, SIZE - 1, SIZE - 1],
    ['bytes=0-', 0, SIZE - 1],
  ])('D9 answers %s with 206, exactly those bytes and the ETag', async (range, first, last) => {
    const answer = await fetch(await link(), { headers: { range } })
    expect(answer.status).toBe(206)
    expect(headersOf(answer, 'content-range', 'content-length', 'etag', 'accept-ranges')).toEqual([
      `bytes ${first}-${last}/${SIZE}`,
      String(last - first + 1),
      ETAG,
      'bytes',
    ])
    expect(await bytesOf(answer)).toEqual(BOOK.bytes.slice(first, last + 1))
  })

  it.each([`bytes=${SIZE}-`, 'bytes=-0'])('D9 answers %s, which is beyond the end, with 416', async (range) => {
    const before = await counted()
    const answer = await fetch(await link(), { headers: { range } })
    expect([answer.status, await answer.text()]).toEqual([416, ''])
    expect(headersOf(answer, 'content-range', 'etag', 'cache-control')).toEqual([
      `bytes */${SIZE}`,
      ETAG,
      'private, no-store',
    ])
    expect(await counted()).toBe(before)
  })

  it.each(['bytes=0-1,5-6', 'bytes=9-2', 'items=0-5', 'bytes=x-'])(
    'D9 answers %s, which it need not understand, with all of the file',
    async (range) => {
      const answer = await fetch(await link(), { headers: { range } })
      expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null])
      expect(await bytesOf(answer)).toEqual(BOOK.bytes)
    },
  )

  it('D11 goes on under its own ETag, and begins anew under any other', async () => {
    const url = await link()
    const ask = (ifRange: string) => fetch(url, { headers: { range: 'bytes=100-', 'if-range': ifRange } })
    expect(await bytesOf(await ask(ETAG))).toEqual(BOOK.bytes.slice(100))
    for (const stale of [`"${'0'.repeat(64)}"`, `W/${ETAG}`, 'Mon, 23 Nov 2026 10:00:00 GMT', BOOK.sha256]) {
      const answer = await ask(stale)
      expect(answer.status).toBe(200)
      expect(await bytesOf(answer)).toEqual(BOOK.bytes)
    }
  })

  it('D11 answers 304 to who has the file, 412 to who means another, and counts neither', async () => {
    const before = await counted()
    const url = await link()
    for (const tag of [ETAG, `W/${ETAG}`, `"x", ${ETAG}`, '*']) {
      const answer = await fetch(url, { headers: { 'if-none-match': tag } })
      expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, ETAG, ''])
    }
    expect((await fetch(url, { headers: { 'if-match': '"x"' } })).status).toBe(412)
    expect(await counted()).toBe(before)
    expect((await fetch(url, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  })

  it('D12 answers HEAD with what GET would say, whatever range is asked for', async () => {
    const before = await counted()
    const url = await link()
    const head = await fetch(url, { method: 'HEAD', headers: { range: 'bytes=0-99' } })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(headersOf(head, 'content-length', 'etag', 'accept-ranges', 'content-type')).toEqual([
      String(SIZE),
      ETAG,
      'bytes',
      'application/octet-stream',
    ])
    expect(await counted()).toBe(before)
  })

  it('carries the headers of a download on every kind of answer', async () => {
    const url = await link()
    for (const range of ['', 'bytes=0-9', `bytes=${SIZE}-`]) {
      const answer = await fetch(url, { headers: { range } })
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-disposition':
          'attachment; filename="Gro__e _ 1.pdf"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe%20%E2%80%93%201.pdf',
        'content-type': 'application/octet-stream',
        'cache-control': 'private, no-store',
        'accept-ranges': 'bytes',
        etag: ETAG,
        'content-security-policy': "sandbox; default-src 'none'",
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
      })
      await answer.body?.cancel()
    }
  })

  it('D14 counts a link once, however it is cut, repeated and resumed', async () => {
    const before = await counted()
    const url = await link()
    const answers = await Promise.all(
      ['bytes=0-99', 'bytes=100-199', 'bytes=-1', 'bytes=0-', ''].map((range) => fetch(url, { headers: { range } })),
    )
    expect(answers.map(({ status }) => status)).toEqual([206, 206, 206, 206, 200])
    expect(await counted()).toBe(before + 1)
  })
})

describe('the limits of /download', () => {
  it('D15 stops a new link after 20 in a day, tells the seller once, and lets the old links go on', async () => {
    await platform.rows('delete from downloads')
    const links = await Promise.all(Array.from({ length: 25 }, () => link()))
    const first = links.slice(0, 20)
    for (const url of first.slice(0, 15)) expect((await fetch(url)).status).toBe(200)
    const atOnce = await Promise.all(first.slice(15).map((url) => fetch(url)))
    expect(atOnce.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    for (const url of links.slice(20)) {
      const answer = await fetch(url)
      expect(answer.status).toBe(429)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000)
      const text = await answer.text()
      expect(text).toContain('Downloaded very often today')
      expect(text).not.toContain('%PDF')
    }
    expect((await fetch(links[0] ?? '', { headers: { range: 'bytes=5-9' } })).status).toBe(206)
    expect((await fetch(links[24] ?? '', { method: 'HEAD' })).status).toBe(200)
    expect(await counted()).toBe(20)
    await platform.store.settled()
    await platform.work()
    const notes = (await platform.mails()).filter(({ subject }) => subject.startsWith('Unusually many downloads'))
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({ to: [platform.app().shop.notices.to], text: expect.stringMatching(/Item itm_/) })
    expect(notes[0]?.text).not.toContain('buyer@example.com')
  })
})
