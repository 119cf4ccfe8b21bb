import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { imagineProduct } from '../../cli/commands/demo/imagine-product.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.close())
beforeEach(() => platform.pglite.exec('truncate products, orders cascade'))

async function till(args: string[], { answer = null as boolean | null, siteUrl = '' } = {}) {
  const paper = paperTerminal(answer)
  const app = platform.app()
  const code = await runTill(args, {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) =>
      work({ app: siteUrl ? Object.create(app, { siteUrl: { value: siteUrl } }) : app, folder: 'unused' }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

const rows = async (sql: string) => (await platform.pglite.query<Record<string, unknown>>(sql)).rows
const count = async () => (await rows('select count(*)::int as n from products'))[0]?.n

const addOwnProduct = () =>
  platform.pglite.exec(`insert into products (id, slug, type, status, title, unit_amount, currency)
    values ('prd_mine', 'mine', 'direct', 'published', 'Mine', 100, 'eur')`)

describe('till demo', () => {
  it('fills the shop with published products, each with what a page shows and a file for buyers', async () => {
    expect((await till(['demo', '--products', '60'])).code).toBe(0)
    const [sums] = await rows(`select count(*)::int as products, count(distinct title)::int as titles,
      count(distinct category)::int as categories, bool_and(tags <> '{}' and images <> '[]' and licence <> '') as complete,
      (select count(*)::int from product_files) as files from products where status = 'published'`)
    expect(sums).toEqual({ products: 60, titles: 60, categories: 12, complete: true, files: 58 })
  })

  it('adds what is missing when it is asked for more, and nothing twice', async () => {
    await till(['demo', '--products', '10'])
    expect((await till(['demo', '--products', '30'])).out).toContain('20 products were added; 10 were there')
    expect(await count()).toBe(30)
  })

  it('asks before it adds to a shop with products, and needs --yes where nobody can be asked', async () => {
    await addOwnProduct()
    expect((await till(['demo', '--products', '5'], { answer: false })).code).toBe(1)
    expect((await till(['demo', '--products', '5'])).code).toBe(2)
    expect(await count()).toBe(1)
    expect((await till(['demo', '--products', '5', '--yes'])).code).toBe(0)
    expect(await count()).toBe(6)
  })

  it('takes its own products away and leaves those of the seller', async () => {
    await addOwnProduct()
    await till(['demo', '--products', '30', '--yes'])
    await platform.pglite.exec(`insert into affiliate_clicks (product_id, is_bot)
      select id, false from products where type = 'affiliate'`)
    expect((await till(['demo', '--remove'])).out).toContain('30 products were taken away')
    expect(await rows('select id from products')).toEqual([{ id: 'prd_mine' }])
  })

  it('retires what somebody bought, and shelves it again when it is asked to', async () => {
    await till(['demo', '--products', '3'])
    const { slug } = imagineProduct(1, { currency: 'eur', images: [], amazon: null })
    await syncOrder(platform.app(), await buy(platform, slug))
    expect((await till(['demo', '--remove'])).out).toBe(
      '2 products were taken away, and 1 that were bought are retired.',
    )
    expect(await rows('select slug, status from products')).toEqual([{ slug, status: 'retired' }])
    await till(['demo', '--products', '3', '--yes'])
    expect(await rows(`select 1 from products where status = 'published'`)).toHaveLength(3)
  })

  it('refuses a shop that is not on this machine', async () => {
    const elsewhere = await till(['demo', '--products', '5'], { siteUrl: 'https://shop.example.com' })
    expect(elsewhere).toMatchObject({ code: 2, out: '' })
    vi.stubEnv('DATABASE_URL', 'postgres://u:p@db.example.com/shop')
    const distant = await till(['demo', '--products', '5'])
    vi.unstubAllEnvs()
    expect(distant.code).not.toBe(0)
    expect(distant.err).toContain('DATABASE_URL leads to a database that is not on this machine')
    expect(await count()).toBe(0)
  })

  it.each(['0', '-1', 'many', '30001', '1.5'])('takes no %s for a number of products', async (number) => {
    expect((await till(['demo', `--products=${number}`])).code).toBe(2)
  })
})

describe('imagineProduct', () => {
  it('never imagines one title or slug twice, up to the most that the command makes', () => {
    const props = { currency: 'eur', images: [], amazon: null }
    const all = Array.from({ length: 30_000 }, (_, number) => imagineProduct(number, props))
    expect(new Set(all.map(({ title }) => title)).size).toBe(30_000)
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(30_000)
    expect(all[4711]).toEqual(imagineProduct(4711, props))
  })
})
