import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  ])('refuses %s', async (_name, query, status) => {
    expect((await fetch(`${platform.siteUrl}/download${query}`)).status).toBe(status)
  })

  it('refuses a changed token with 401 and one of another order epoch with 403', async () => {
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
})
