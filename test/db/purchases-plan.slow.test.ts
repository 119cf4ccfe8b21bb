import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { findOwnFile, findPurchases } from '../../db/purchases.ts'
import type { PageEnd } from '../../shop/purchases/page-cursor.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

const insertOrders = (prefix: string, email: string, count: number) => [
  `insert into orders (id, stripe_session_id, livemode, status, email, currency, amount_subtotal, amount_discount, amount_tax, amount_total, paid_at, observed_at, created_at)
   select 'ord_${prefix}' || lpad(i::text, 8, '0'), 'cs_${prefix}' || i, false, 'paid', ${email}, 'eur', 1900, 0, 0, 1900, now(), now(), now() - i * interval '1 minute'
   from generate_series(1, ${count}) i`,
  `insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total)
   select 'itm_${prefix}' || lpad(i::text, 8, '0'), 'ord_${prefix}' || lpad(i::text, 8, '0'), 'li_' || i, 'prd_book', 'A Book', 1, 1900, 1900
   from generate_series(1, ${count}) i`,
]

/** A shop with 30,000 orders of other people, one address with 10 orders, one with 30, and one with 10,000. */
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    `insert into products (id, slug, type, title, unit_amount, currency) values ('prd_book', 'book', 'direct', 'A Book', 1900, 'eur')`,
    `insert into product_files (id, product_id, version, filename, content_type, size_bytes, sha256, key)
     select 'fil_book' || i, 'prd_book', i, 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'a' from generate_series(1, 3) i`,
    ...insertOrders('other', `'buyer' || i % 10000 || '@example.com'`, 30_000),
    ...insertOrders('ten', `'ten@example.com'`, 10),
    ...insertOrders('thirty', `'thirty@example.com'`, 30),
    ...insertOrders('much', `'much@example.com'`, 10_000),
    'analyze',
  ])
})
afterAll(() => postgres.close())

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}
type Analysis = { nodes: string[]; ordersRead: number; rowsRead: number }

/** What PostgreSQL does for the one statement that `ask` sends, and how many rows it reads for that. */
async function analyse(ask: (db: Database) => Promise<unknown>): Promise<Analysis> {
  const found: Node[] = []
  const explaining: Database = async (strings, ...values) => {
    const texts = [`explain (analyze, format json) ${strings[0]}`, ...strings.slice(1)]
    const template = Object.assign(texts, { raw: texts }) as unknown as TemplateStringsArray
    const rows = await postgres.target.db<{ 'QUERY PLAN': { Plan: Node }[] }>(template, ...values)
    found.push(...rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => everyNode(Plan))))
    return [] as never
  }
  await ask(explaining)
  const reads = found.filter((node) => node['Relation Name'])
  const read = (nodes: Node[]) =>
    nodes.reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    )
  return {
    nodes: found.map((node) =>
      [node['Node Type'], node['Relation Name'], node['Index Name']].filter(Boolean).join(' '),
    ),
    ordersRead: read(reads.filter((node) => node['Relation Name'] === 'orders')),
    rowsRead: read(reads),
  }
}

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]

const page = (email: string, after: PageEnd | null = null) =>
  analyse((db) => findPurchases(db, { email, after, limit: 21 }, { earlierVersions: true }))

describe('a page of purchases', () => {
  it('of 10,000 orders is read like one of 30: the same plan, the same number of rows', async () => {
    const [thirty, much] = [await page('thirty@example.com'), await page('much@example.com')]
    expect(much).toEqual(thirty)
    expect(much.nodes.join()).toContain('orders orders_by_email')
    // The page itself, and the order of each item again in the entitlements.
    expect(much.ordersRead).toBeLessThanOrEqual(21 + 21)
  })

  it('of 10,000 orders has the plan of one of 10, which reads no more than its ten', async () => {
    const [ten, much] = [await page('ten@example.com'), await page('much@example.com')]
    expect(much.nodes).toEqual(ten.nodes)
    expect(ten.ordersRead).toBe(20)
  })

  it('in the middle of 10,000 reads as many rows as the first', async () => {
    const { orders } = await findPurchases(
      postgres.target.db,
      { email: 'much@example.com', after: null, limit: 5_000 },
      { earlierVersions: false },
    )
    const after = orders.at(-1) ?? null
    expect(orders).toHaveLength(5_000)
    expect(await page('much@example.com', after)).toEqual(await page('much@example.com'))
  })

  it('reads no whole table but that of products and files, which is small', async () => {
    const { nodes } = await page('much@example.com')
    expect(
      nodes.filter(
        (node) => node.startsWith('Seq Scan') && !/products|product_files|refunds|mail_addresses/.test(node),
      ),
    ).toEqual([])
  })
})

describe('a link to a file', () => {
  it('is found by its item, whoever asks', async () => {
    const asked = (email: string, orderItemId: string) =>
      analyse((db) => findOwnFile(db, { email, orderItemId, fileId: 'fil_book3' }, { earlierVersions: true }))
    const own = await asked('much@example.com', 'itm_much00000007')
    expect(own.rowsRead).toBeLessThan(20)
    expect((await asked('ten@example.com', 'itm_much00000007')).nodes).toEqual(own.nodes)
    expect((await asked('ten@example.com', 'itm_nobodys')).nodes).toEqual(own.nodes)
  })
})
