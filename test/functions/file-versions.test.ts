import { getStore } from '@netlify/blobs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findOrderAccess } from '../../db/order-access.ts'
import type { App } from '../../shop/app.ts'
import { listDownloads } from '../../shop/downloads/list-downloads.ts'
import { openFile } from '../../shop/downloads/open-file.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy } from '../support/sale.ts'

let platform: TestPlatform
let sessionId: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  sessionId = await buy(platform, 'book')
  await syncOrder(platform.app(), sessionId)
  for (const version of [2, 3]) await addVersion(version)
})
beforeEach(() => platform.rows('update product_files set retired_at = null'))
afterAll(() => platform.close())

async function addVersion(version: number): Promise<void> {
  await getStore('product-files').set(`files/v${version}`, `version ${version}`)
  await platform.rows(
    `insert into product_files (id, product_id, version, filename, content_type, size_bytes, sha256, key, changelog)
     values ('fil_book_v' || $1, 'prd_book', $1::int, 'v' || $1 || '.pdf', 'application/pdf', 9, repeat($1, 64), 'files/v' || $1, 'Change ' || $1)`,
    [String(version)],
  )
}

const appWith = (earlierVersions: boolean): App => {
  const app = platform.app()
  return Object.assign(app, { shop: { ...app.shop, downloads: { ...app.shop.downloads, earlierVersions } } })
}

async function downloads(earlierVersions: boolean) {
  const app = appWith(earlierVersions)
  const row = await findOrderAccess(app.db, { sessionId }, app.shop.downloads)
  if (!row) throw new Error('the order is there')
  return (await listDownloads(app, row)).downloads
}

describe('the files of an order', () => {
  it('are the current version, with the earlier ones under it, newest first', async () => {
    const [book, ...others] = await downloads(true)
    expect(others).toEqual([])
    const link = { url: expect.stringContaining('/download?token='), expires_at: expect.any(String) }
    expect(book).toEqual({
      slug: 'book',
      title: 'A Book & More',
      version: 3,
      filename: 'v3.pdf',
      size_bytes: 9,
      sha256: '3'.repeat(64),
      changelog: 'Change 3',
      ...link,
      earlier: [
        { version: 2, filename: 'v2.pdf', size_bytes: 9, sha256: '2'.repeat(64), changelog: 'Change 2', ...link },
        {
          version: 1,
          filename: BOOK.filename,
          size_bytes: BOOK.bytes.byteLength,
          sha256: BOOK.sha256,
          changelog: '',
          ...link,
        },
      ],
    })
  })

  it('all have links that lead to their own bytes', async () => {
    const [book] = await downloads(true)
    const texts = await Promise.all(
      [book, ...(book?.earlier ?? [])].map(async (file) => (await fetch(file?.url ?? '')).text()),
    )
    expect(texts).toEqual(['version 3', 'version 2', new TextDecoder().decode(BOOK.bytes)])
  })

  it('are only the current version if the seller wants it so', async () => {
    expect(await downloads(false)).toMatchObject([{ version: 3, earlier: [] }])
  })

  it('fall back to the version before a withdrawn one, and leave a withdrawn earlier one out', async () => {
    await platform.rows("update product_files set retired_at = now() where id = 'fil_book_v3'")
    expect(await downloads(true)).toMatchObject([{ version: 2, earlier: [{ version: 1 }] }])
    expect(await downloads(false)).toMatchObject([{ version: 2, earlier: [] }])
    await platform.rows("update product_files set retired_at = now() where id = 'fil_prd_book'")
    expect(await downloads(true)).toMatchObject([{ version: 2, earlier: [] }])
  })

  it('of one item are kept apart from those of another', async () => {
    await platform.rows(
      `insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total)
       select 'itm_second', id, 'li_second', 'prd_book', 'A Book & More', 1, 1900, 1900 from orders`,
    )
    expect((await downloads(true)).map(({ earlier }) => earlier.length)).toEqual([2, 2])
    await platform.rows("delete from order_items where id = 'itm_second'")
  })
})

describe('openFile', () => {
  it('refuses a link to an earlier version once the seller no longer hands those out', async () => {
    const [book] = await downloads(true)
    const token = new URL(book?.earlier[0]?.url ?? '').searchParams.get('token') ?? ''
    const asked = { isHead: true, range: null, ifRange: null, ifMatch: null, ifNoneMatch: null }
    await expect(openFile(appWith(true), token, asked)).resolves.toMatchObject({ file: { filename: 'v2.pdf' } })
    await expect(openFile(appWith(false), token, asked)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
