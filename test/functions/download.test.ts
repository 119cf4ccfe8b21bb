import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { errorPage } from '../../adapters/error-pages.ts'
import { openFile } from '../../shop/downloads/open-file.ts'
import { bytesOf, openRun, sourceOf } from '../contracts/file-store-stage.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'

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
const KEY = `files/${BOOK.sha256}`
const putIntoBucket = () => platform.app().files.s3.write(KEY, sourceOf(BOOK.bytes), openRun().run)
const counted = async () => (await platform.rows('select 1 from downloads')).length

describe('GET /download', () => {
  it('serves the file and counts a followed link once', async () => {
    const before = await counted()
    const url = await link()
    for (let i = 0; i < 3; i++) expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(BOOK.bytes)
    expect(await counted()).toBe(before + 1)
  })

  it('D12 answers HEAD with the headers and counts nothing, and POST with 405', async () => {
    const before = await counted()
    const url = await link()
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(BOOK.bytes.byteLength),
      '',
    ])
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    expect(await counted()).toBe(before)
  })

  it.each([
    ['D1 no token', '', 400],
    ['D1 two tokens', '?token=a&token=b', 400],
    ['D1 an endless token', `?token=${'a'.repeat(5_000)}`, 400],
    ['D1 not a token', '?token=a.b.c', 401],
    ['D1 one of the wrong form', `?token=${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(43)}%3D`, 401],
    ['D1 one with a line break', `?token=${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(43)}%0A`, 401],
  ])('refuses %s', async (_name, query, status) => {
    expect((await fetch(`${platform.siteUrl}/download${query}`)).status).toBe(status)
  })

  it('D2 refuses a changed token with 401 and one of another order epoch with 403', async () => {
    const url = await link()
    expect((await fetch(`${url.slice(0, -4)}AAAA`)).status).toBe(401)
    await platform.rows('update orders set access_epoch = access_epoch + 1')
    expect((await fetch(url)).status).toBe(403)
  })

  it('D5 sends an expired link to the page that says so, with 410', async () => {
    const app = Object.assign(platform.app(), { now: () => new Date(Date.now() - 3_600_000) })
    const { createTokens } = await import('../../adapters/tokens.ts')
    const secrets = (process.env.DOWNLOAD_TOKEN_SECRET ?? '').split(',')
    const past = createTokens({ secrets, issuer: platform.siteUrl, now: app.now, accessDays: 1 })
    const { token } = await past.mintDownload({ orderItemId: 'itm_x', fileId: 'fil_x', epoch: 1 }, 900)
    const answer = await fetch(`${platform.siteUrl}/download?token=${token}`)
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('expired')
  })

  it('D6 D8 tells a revoked item, a withdrawn file and a lost file apart', async () => {
    const url = await link()
    const ask = async () => (await fetch(url)).status
    await platform.rows('update order_items set revoked_at = now()')
    expect(await ask()).toBe(403)
    await platform.rows('update order_items set revoked_at = null')
    await platform.rows('update product_files set retired_at = now()')
    expect(await ask()).toBe(404)
    expectErrors()
    await platform.rows("update product_files set retired_at = null, key = 'files/lost'")
    expect(await ask()).toBe(503)
    await platform.rows(`update product_files set key = 'files/${BOOK.sha256}'`)
    expect(await ask()).toBe(200)
  })

  it('keeps serving what was sold after its product was retired', async () => {
    await platform.rows("update products set status = 'retired' where slug = 'book'")
    expect((await fetch(await link())).status).toBe(200)
    await platform.rows("update products set status = 'published' where slug = 'book'")
  })

  it('sends the reader of a file in a bucket to an address that lives for ten minutes, and counts that once', async () => {
    await putIntoBucket()
    const before = await counted()
    await platform.rows("update product_files set store = 's3'")
    const url = await link()
    const head = await fetch(url, { method: 'HEAD', redirect: 'manual' })
    expect([head.status, head.headers.get('etag')]).toEqual([200, `"${BOOK.sha256}"`])
    const unchanged = await fetch(url, { redirect: 'manual', headers: { 'if-none-match': `"${BOOK.sha256}"` } })
    expect([unchanged.status, await counted()]).toEqual([304, before])
    for (const range of ['', 'bytes=100-']) {
      const answer = await fetch(url, { redirect: 'manual', headers: { range } })
      const at = new URL(answer.headers.get('location') ?? '')
      expect([answer.status, at.searchParams.get('X-Amz-Expires')]).toEqual([302, '600'])
      expect(at.searchParams.get('response-content-disposition')).toContain("filename*=UTF-8''Gr%C3%B6%C3%9Fe")
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      })
    }
    expect(await counted()).toBe(before + 1)
    vi.stubEnv('FILES_S3_BUCKET', '')
    expectErrors()
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(503)
    vi.unstubAllEnvs()
    await platform.rows("update product_files set store = 'blobs'")
  })

  it('D8 F52 tells of a file that its bucket has lost, or has another in the place of, and sends nobody there', async () => {
    const { s3 } = platform.app().files
    const before = await counted()
    const url = await link()
    for (const table of ['jobs', 'emails'])
      await platform.rows(`delete from ${table} where id like '%seller_missing_file%'`)
    await platform.rows("update product_files set store = 's3'")
    for (const lose of [() => s3.remove(KEY), () => s3.write(KEY, sourceOf(bytesOf(10)), openRun().run)]) {
      await lose()
      expectErrors()
      const answer = await fetch(url, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      expect(answer.headers.get('location')).toBeNull()
    }
    expect(await counted()).toBe(before)
    await platform.store.settled()
    expect(await platform.rows("select 1 from emails where kind = 'seller_missing_file'")).toHaveLength(1)
    platform.faults.put({ service: 's3', mode: '500', count: 1 })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(503)
    await putIntoBucket()
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302)
    await platform.rows("update product_files set store = 'blobs'")
  })

  it('stops at the number of downloads that the seller allows for an item, with a page of its own', async () => {
    const app = platform.app()
    const [item] = await platform.rows<{ orderItemId: string; fileId: string; epoch: number }>(
      'select order_item_id as "orderItemId", file_id as "fileId", access_epoch as epoch from entitlements limit 1',
    )
    if (!item) throw new Error('nothing was sold')
    const limited = Object.assign(app, { shop: { ...app.shop, downloads: { ...app.shop.downloads, perItem: 1 } } })
    await platform.rows('delete from downloads')
    const asked = { isHead: false, range: null, ifRange: null, ifMatch: null, ifNoneMatch: null }
    const open = async (token: string) => {
      const opened = await openFile(limited, token, asked)
      if ('body' in opened) await opened.body?.cancel()
    }
    const [first, second] = await Promise.all([1, 2].map(() => app.tokens.mintDownload(item, 900)))
    await open(first?.token ?? '')
    await open(first?.token ?? '')
    const error = await open(second?.token ?? '').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status: 403, code: 'downloads_used_up' })
    const page = errorPage({ status: 403, code: 'downloads_used_up', token: '' }, {})
    expect(await page.text()).toContain('All downloads are used')
  })
})
