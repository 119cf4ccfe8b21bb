import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFileRequest } from '../../shop/downloads/file-answer.ts'
import { openFile } from '../../shop/downloads/open-file.ts'
import { VendorDown } from '../../shop/errors.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, post } from '../support/sale.ts'

let platform: TestPlatform
let sessionId: string
let download: string
let access: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  sessionId = await buy(platform, 'book')
  await platform.work()
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  download = (await answer.json()).downloads[0].url
  const receipt = (await platform.mails()).find(({ to }) => to.includes('buyer@example.com'))
  access = /access=([\w.-]+)/.exec(receipt?.text ?? '')?.[1] ?? ''
}, 60_000)
afterAll(() => platform.close())

/** Puts the order into a state from outside, as if every sync and sweep had long been through. */
async function become(status: string): Promise<void> {
  await platform.rows('alter table orders disable trigger user')
  await platform.rows(
    `update orders set status = $1, review_reason = 'a test', observed_at = clock_timestamp(),
       amount_refunded = case when $1 = 'refunded' then amount_total else 0 end`,
    [status],
  )
}

describe('links that were good when the order was paid', () => {
  it.each([
    ['pending', 202],
    ['failed', 410],
    ['review', 403],
    ['disputed', 403],
    ['refunded', 403],
  ])('open nothing while it is %s', async (status, shown) => {
    await become(status)
    const file = await fetch(download)
    expect([file.status, file.headers.get('content-disposition')]).toEqual([403, null])
    for (const reference of [{ access }, { session_id: sessionId }]) {
      const answer = await post(platform, '/get_entitlements', reference)
      expect([answer.status, await answer.text()]).toEqual([shown, expect.not.stringContaining('token=')])
    }
    await become('paid')
    expect((await fetch(download, { method: 'HEAD' })).status).toBe(200)
  })

  it('are not taken for each other', async () => {
    expect((await fetch(`${platform.siteUrl}/download?token=${access}`)).status).toBe(401)
    const token = new URL(download).searchParams.get('token')
    expect((await post(platform, '/get_entitlements', { access: token })).status).toBe(401)
  })
})

describe('openFile', () => {
  it('lets the file go when the download cannot be counted', async () => {
    let reason: unknown
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
      cancel: (why) => {
        reason = why
      },
    })
    const outage = new VendorDown('database', 'The database does not answer.')
    const app = platform.app()
    const ask = app.db
    let statements = 0
    const db: typeof ask = (...statement) => (++statements > 1 ? Promise.reject(outage) : ask(...statement))
    const blobs = { ...app.files.blobs, open: async () => body }
    const failing = {
      ...app,
      tokens: app.tokens,
      db,
      files: { blobs, s3: blobs },
    }
    const token = new URL(download).searchParams.get('token') ?? ''
    await expect(openFile(failing, token, readFileRequest(new Request(download)))).rejects.toBe(outage)
    expect(reason).toBe(outage)
  })
})
