import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTill } from '../cli/till-process.ts'
import { askDatabase, buyAt, readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

const BUYER = 'ada@example.com'

let shop: ShopProcess
let folder: string
let data: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-shell-'))
  data = join(folder, 'shop')
  shop = await startShop({ folder: data, port: await findFreePorts() })
  // A shop of one's own begins with nothing on its shelf.
  await askDatabase(data, async (db) => {
    await db`delete from product_files`
    await db`delete from products`
  })
  const picture = sharp({ create: { width: 900, height: 600, channels: 3, background: '#2d6fb5' } })
  await writeFile(join(folder, 'cover.jpg'), await picture.jpeg().toBuffer())
  await writeFile(join(folder, 'book.pdf'), `%PDF-1.7 ${'a small book '.repeat(200)}`)
})
afterAll(async () => {
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** `npm run till -- …`, and nothing else; it must end well. */
async function till(...args: string[]): Promise<string> {
  const { code, out, err } = await startTill(args, { TILL_DATA_DIR: data, PORT: new URL(shop.siteUrl).port }).ended
  if (code !== 0) throw new Error(`till ${args.join(' ')} ended with ${code}:\n${out}${err}`)
  return out
}

const subjects = async () =>
  (await readMails(shop)).filter(({ to }) => to.includes(BUYER)).map(({ subject }) => subject)
const ordersOf = async (email: string) =>
  (JSON.parse(await till('orders', email, '--json')) as { orders: { id: string; status: string }[] }).orders

describe('a seller at the terminal', () => {
  it('goes with till alone from an empty shop to a sale that is half paid back', { timeout: 400_000 }, async () => {
    expect(JSON.parse(await till('product', 'list', '--json'))).toEqual([])
    const image = ['--image', join(folder, 'cover.jpg'), '--alt', 'A blue cover']
    await till('product', 'add', 'A Small Book', '--price', '19', '--summary', 'Short and finished', ...image)
    await till('file', 'push', 'a-small-book', join(folder, 'book.pdf'))
    expect(await till('product', 'publish', 'a-small-book')).toContain('/store/a-small-book/')
    await till('rebuild', '--wait')
    const page = await fetch(`${shop.siteUrl}/store/a-small-book/`)
    const html = await page.text()
    expect(page.status).toBe(200)
    for (const text of ['A Small Book', '€19.00', 'book.pdf', 'A blue cover']) expect(html).toContain(text)
    expect((await fetch(`${shop.siteUrl}/store/small-and-finished/`)).status).toBe(404)
    await buyAt(shop, 'a-small-book', BUYER)
    await expect.poll(subjects, { timeout: 60_000, interval: 1_000 }).toHaveLength(1)
    const [order] = await ordersOf(BUYER)
    expect(order?.status).toBe('paid')
    await till('order', 'refund', order?.id ?? '', '--amount', '9.50', '--yes')
    await expect.poll(subjects, { timeout: 60_000, interval: 1_000 }).toHaveLength(2)
    expect((await subjects()).toSorted()).toEqual(['Your receipt from North Window', 'Your refund from North Window'])
    expect((await ordersOf(BUYER))[0]?.status).toBe('partially_refunded')
  })
})
