import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { addDemoClicks, addDemoOrders } from '../../db/demo-orders.ts'
import { foldFigures, readFigures } from '../../db/figures.ts'
import { listDeadJobs, readLastSigns, readQueueStats } from '../../db/job-care.ts'
import { migrate } from '../../db/migrate.ts'
import { findOrderFile } from '../../db/order-file.ts'
import { findOrders } from '../../db/order-list.ts'
import { findRefundable, insertRefundRequest } from '../../db/refund-requests.ts'
import { readOrderSearch } from '../../shop/orders/order-search.ts'
import type { OrderStatus } from '../../shop/orders/order-status.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

const BATCHES = Array.from({ length: 20 }, (_, i) => ({ from: i * 1_000 + 1, to: (i + 1) * 1_000 }))

let postgres: RealPostgres

/** A shop with 20,000 orders and all that they left behind, and 40,000 clicks. */
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  const { db, batch } = postgres.target
  await batch([
    `insert into products (id, slug, type, status, title, unit_amount, currency)
     select 'prd_direct' || i, 'direct-' || i, 'direct', 'published', 'Product', 1900, 'eur' from generate_series(1, 5) i`,
    `insert into products (id, slug, type, status, title, affiliate_url)
     select 'prd_tool' || i, 'tool-' || i, 'affiliate', 'published', 'A Tool', 'https://a.example/' from generate_series(1, 5) i`,
    `insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
     select 'fil_direct' || i, 'prd_direct' || i, 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'a' from generate_series(1, 5) i`,
  ])
  for (const { from, to } of BATCHES) {
    await addDemoOrders(db, { from, to })
    await addDemoClicks(db, { from: from * 2 - 1, to: to * 2 })
  }
  for (let lines = 1; lines > 0; ) lines = await foldFigures(db, { timeZone: 'UTC', limit: 50_000 })
  await batch(['analyze'])
}, 300_000)
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

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]

/** How PostgreSQL answers the one statement that `ask` sends: which tables it reads whole, by which indexes it goes, and how many rows it reads. */
async function analyse(ask: (db: Database) => Promise<unknown>) {
  const found: Node[] = []
  const explaining: Database = async (strings, ...values) => {
    const texts = [`explain (analyze, format json) ${strings[0]}`, ...strings.slice(1)]
    const template = Object.assign(texts, { raw: texts }) as unknown as TemplateStringsArray
    const rows = await postgres.target.db<{ 'QUERY PLAN': { Plan: Node }[] }>(template, ...values)
    found.push(...rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => everyNode(Plan))))
    return rows as never
  }
  await ask(explaining)
  const read = (node: Node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  return {
    whole: found.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''),
    indexes: new Set(found.flatMap((node) => node['Index Name'] ?? [])),
    rows: found
      .filter((node) => node['Relation Name'] || node['Index Name'])
      .reduce((sum, node) => sum + read(node), 0),
  }
}

/** Tables that grow with the shop's sales; a handful of products and what nobody has asked for may be read whole. */
const LARGE = [
  'orders',
  'order_items',
  'jobs',
  'emails',
  'downloads',
  'affiliate_clicks',
  'checkouts',
  'day_figures',
  'refunds',
]

async function expectIndexed(ask: (db: Database) => Promise<unknown>, mostRows: number): Promise<Set<string>> {
  const { whole, indexes, rows } = await analyse(ask)
  expect(whole.filter((table) => LARGE.includes(table))).toEqual([])
  expect(rows).toBeLessThan(mostRows)
  return indexes
}

const list =
  (search: string, status: OrderStatus | null = null, after: { created_at: string; id: string } | null = null) =>
  (db: Database) =>
    findOrders(db, { search: readOrderSearch(search), status, after, limit: 51 })

describe('with 20,000 orders, PostgreSQL', () => {
  it('shows a table that is read whole, so that this test can fail', async () => {
    expect((await analyse((db) => db`select * from orders where currency = 'xxx'`)).whole).toEqual(['orders'])
  })

  it('lists orders by time, reading no more than a page', async () => {
    expect(await expectIndexed(list(''), 300)).toContain('orders_by_time')
  })

  it('lists orders in the middle as it lists the first', async () => {
    const [middle] = await postgres.target.db<{ created_at: string; id: string }>`
      select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at, id from orders
      order by created_at desc offset 10000 limit 1`
    expect(await expectIndexed(list('', null, middle ?? null), 300)).toContain('orders_by_time')
  })

  it.each(['review', 'failed', 'refunded'] as const)('lists orders that are %s by their state', async (status) => {
    expect(await expectIndexed(list('', status), 300)).toContain('orders_by_status')
  })

  it.each([
    ['ord_demo000000777', 'orders_pkey'],
    ['cs_test_demo777', 'orders_stripe_session_id_key'],
    ['pi_demo777', 'orders_by_payment_intent'],
  ])('finds %s by %s', async (search, index) => {
    expect(await expectIndexed(list(search), 20)).toContain(index)
  })

  it('finds an address, and those that begin alike, by the address', async () => {
    const [{ email } = { email: '' }] = await postgres.target.db<{
      email: string
    }>`select email from orders order by id offset 500 limit 1`
    for (const search of [email, email.slice(0, 9)]) {
      const indexes = await expectIndexed(list(search), 1_500)
      expect([...indexes].filter((name) => /^orders_by_(address|email|paying_address|time)$/.test(name))).not.toEqual(
        [],
      )
    }
    expect(await expectIndexed(list('nobody-is-called-so'), 20)).toContain('orders_by_address')
    // All of them begin so: counted up to a bound, then looked through by time.
    expect(await expectIndexed(list('buyer'), 5_000)).toContain('orders_by_time')
  })

  it('tells the history of an order by the order', async () => {
    expect(await expectIndexed((db) => findOrderFile(db, 'ord_demo000000777', 200), 300)).toContain('jobs_by_sale')
    await expectIndexed((db) => findRefundable(db, 'ord_demo000000777'), 50)
  })

  it('adds a year up without looking at an order', async () => {
    const period = { from: '2020-01-01', until: '2099-12-31' }
    const measures = ['sale', 'refund', 'lost_dispute', 'checkout', 'click'] as const
    const { whole, rows } = await analyse((db) => readFigures(db, { measures: [...measures], period, timeZone: 'UTC' }))
    expect(whole.filter((table) => LARGE.includes(table) && table !== 'day_figures')).toEqual([])
    expect(rows).toBeLessThan(2_500)
  })

  it('tells the state of the queue from what is open, dead or of today', async () => {
    await expectIndexed((db) => readQueueStats(db), 2_000)
    await expectIndexed((db) => listDeadJobs(db, 50), 60)
    await expectIndexed((db) => readLastSigns(db), 500)
  })
})

describe('on a real PostgreSQL, at once', () => {
  it('twenty who ask for a refund of the same order get one', async () => {
    const { db } = postgres.target
    const [{ id } = { id: '' }] = await db<{ id: string }>`select id from orders where status = 'paid' limit 1`
    const order = await findRefundable(db, id)
    if (!order) throw new Error('there is no such order')
    const ask = (i: number) =>
      insertRefundRequest(db, order, { id: `rfq_race${i}`, amount: 1900, itemIds: [], actor: 'till' })
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i)))
    expect(made.filter(Boolean)).toHaveLength(1)
    expect((await findRefundable(db, id))?.reserved).toBe(1900)
  })

  it('folding, counting and reading make no line count twice, or not at all', async () => {
    const { db } = postgres.target
    const period = { from: '2020-01-01', until: '2099-12-31' }
    const sum = async () =>
      (await readFigures(db, { measures: ['click'], period, timeZone: 'UTC' })).reduce(
        (all, { count }) => all + count,
        0,
      )
    const before = await sum()
    const click = () => db`insert into affiliate_clicks (product_id, is_bot) values ('prd_tool1', false)`
    const fold = () => foldFigures(db, { timeZone: 'UTC', limit: 5 })
    const seen: number[] = []
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        await click()
        if (i % 3 === 0) await fold()
        if (i % 4 === 0) seen.push(await sum())
      }),
    )
    expect(await sum()).toBe(before + 40)
    expect(seen.every((count) => count > before && count <= before + 40)).toBe(true)
    await Promise.all([fold(), fold(), fold()])
    expect(await sum()).toBe(before + 40)
  })
})
