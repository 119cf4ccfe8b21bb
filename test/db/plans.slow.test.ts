import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guessCode, offerCode } from '../../db/access-codes.ts'
import type { Database } from '../../db/database.ts'
import { findSoldFile } from '../../db/downloads.ts'
import { purgeJobs } from '../../db/job-care.ts'
import { claimJobs, enqueueJob, findNextDue } from '../../db/jobs.ts'
import { raiseLinksReady } from '../../db/links-ready.ts'
import { migrate } from '../../db/migrate.ts'
import { findOrderAccess } from '../../db/order-access.ts'
import { countVisit } from '../../db/rate-limits.ts'
import { isUnknownSession, noteUnknownSession } from '../../db/unknown-sessions.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

/** A queue and a shop that have been in use: 50,000 jobs done, 50,000 in backoff, 20,000 orders. */
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    `insert into jobs (id, kind, state, finished_at) select 'done:' || i, 'sync_order', 'done', now() - i * interval '5 minutes' from generate_series(1, 50000) i`,
    `insert into jobs (id, kind, due_at) select 'waits:' || i, 'sync_order', now() + interval '1 hour' + i * interval '1 second' from generate_series(1, 50000) i`,
    `insert into jobs (id, kind) select 'due:' || i, 'sync_order' from generate_series(1, 20) i`,
    `insert into products (id, slug, type, title, unit_amount, currency) values ('prd_book', 'book', 'direct', 'A Book', 1900, 'eur')`,
    `insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key) values ('fil_book', 'prd_book', 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'a')`,
    `insert into orders (id, stripe_session_id, livemode, status, email, currency, amount_subtotal, amount_discount, amount_tax, amount_total, amount_refunded, paid_at, observed_at)
     select 'ord_' || lpad(i::text, 26, '0'), 'cs_' || i, false, 'paid', 'buyer' || i % 5000 || '@example.com', 'eur', 1900, 0, 0, 1900, 0, now(), now() from generate_series(1, 20000) i`,
    `insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total)
     select 'itm_' || lpad(i::text, 26, '0'), 'ord_' || lpad(i::text, 26, '0'), 'li_' || i, 'prd_book', 'A Book', 1, 1900, 1900 from generate_series(1, 20000) i`,
  ])
  await postgres.target.batch([
    `insert into emails (id, kind, order_id) select 'receipt:' || id, 'receipt', id from orders limit 5000`,
    `insert into access_codes (id, order_id, code_hash, expires_at) select 'cod_' || i, 'ord_' || lpad(i::text, 26, '0'), repeat('a', 64), now() from generate_series(1, 5000) i`,
    `insert into rate_limits (key, window_start, hits) select 'door:' || i, now() - i * interval '1 second', 1 from generate_series(1, 10000) i`,
    `insert into unknown_sessions (stripe_session_id, asked_at) select 'cs_' || i, now() - i * interval '1 second' from generate_series(1, 10000) i`,
    'analyze',
  ])
})
afterAll(() => postgres.close())

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Conflict Arbiter Indexes'?: string[]
  Plans?: Node[]
}

/** Every node of the plans that PostgreSQL makes for the statements which `ask` sends; nothing is run. */
async function plan(ask: (db: Database) => Promise<unknown>): Promise<Node[]> {
  const nodes: Node[] = []
  const explaining: Database = async (strings, ...values) => {
    const texts = [`explain (format json) ${strings[0]}`, ...strings.slice(1)]
    const template = Object.assign(texts, { raw: texts }) as unknown as TemplateStringsArray
    const rows = await postgres.target.db<{ 'QUERY PLAN': { Plan: Node }[] }>(template, ...values)
    nodes.push(...rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => everyNode(Plan))))
    return rows as never
  }
  await ask(explaining)
  return nodes
}

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]
const scanned = (nodes: Node[]) =>
  nodes.filter(({ 'Node Type': type }) => type === 'Seq Scan').map((node) => node['Relation Name'])
const indexes = (nodes: Node[]) => new Set(nodes.flatMap((node) => node['Index Name'] ?? []))

describe('with 100,000 jobs and 20,000 orders, PostgreSQL', () => {
  it('shows a sequential scan when there is one, so that this test can fail', async () => {
    const nodes = await plan((db) => db`select * from jobs where last_error = ${'x'}`)
    expect(scanned(nodes)).toEqual(['jobs'])
  })

  it('claims by job_due, and settles by the key', async () => {
    const done = [{ id: 'due:1', kind: 'sync_order', payload: {}, fence: 1, attempts: 1, state: 'open' as const }]
    const nodes = await plan((db) => claimJobs(db, { limit: 10, leaseSeconds: 60, holder: 'w', done }))
    expect(scanned(nodes)).not.toContain('jobs')
    expect([...indexes(nodes)]).toEqual(expect.arrayContaining(['job_due', 'jobs_pkey']))
  })

  it('finds the next due job by job_due', async () => {
    const nodes = await plan(findNextDue)
    expect([scanned(nodes), [...indexes(nodes)]]).toEqual([[], ['job_due']])
  })

  it('purges by job_done', async () => {
    const nodes = await plan((db) => purgeJobs(db, { days: 90, limit: 1000 }))
    expect([scanned(nodes), [...indexes(nodes)].sort()]).toEqual([[], ['job_done', 'jobs_pkey']])
  })

  it('takes a webhook’s job by its primary key, and reads no table for it', async () => {
    const nodes = await plan((db) => enqueueJob(db, { id: 'stripe:evt_1', kind: 'sync_order', payload: {} }))
    expect(nodes.map((node) => [node['Node Type'], node['Conflict Arbiter Indexes']])).toEqual([
      ['ModifyTable', ['jobs_pkey']],
      ['Result', undefined],
    ])
  })

  it('finds the order of a session, and what it gives access to, without reading all orders', async () => {
    const nodes = await plan((db) => findOrderAccess(db, { sessionId: 'cs_77' }, { earlierVersions: true }))
    expect(scanned(nodes)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^order/)]))
    expect([...indexes(nodes)]).toContain('orders_stripe_session_id_key')
  })

  it('asks the entitlements of one session, and of one item, without reading all orders', async () => {
    const grant = { orderItemId: 'itm_77', fileId: 'fil_book', epoch: 0 }
    for (const ask of [
      (db: Database) => db`select file_id from entitlements where stripe_session_id = ${'cs_77'}`,
      (db: Database) => findSoldFile(db, grant, { earlierVersions: true }),
    ]) {
      expect(scanned(await plan(ask))).not.toEqual(expect.arrayContaining([expect.stringMatching(/^order/)]))
    }
  })

  it('counts visits, takes codes and notes strangers without reading any table', async () => {
    const mail = { to: 'buyer7@example.com', subject: '', html: '', text: '' }
    for (const ask of [
      (db: Database) => countVisit(db, [{ key: 'door', most: 60, seconds: 60 }]),
      (db: Database) => offerCode(db, { id: 'cod_x', sessionId: 'cs_77', hash: '', mail }),
      (db: Database) => guessCode(db, 'cs_77', ['']),
      (db: Database) => raiseLinksReady(db, 'ord_77'),
      (db: Database) => isUnknownSession(db, 'cs_77'),
      (db: Database) => noteUnknownSession(db, 'cs_77'),
    ]) {
      expect(scanned(await plan(ask))).toEqual([])
    }
  })

  it('finds the orders of an address by its index', async () => {
    const nodes = await plan(
      (db) => db`select id from orders where email = ${'buyer7@example.com'} order by paid_at desc`,
    )
    expect(scanned(nodes)).toEqual([])
    expect([...indexes(nodes)].join()).toMatch(/^orders_by_(email|address)$/)
  })

  it('claims in a few milliseconds’ worth of pages, whatever else the table holds', async () => {
    const pages = async () => {
      const rows = await postgres.target.db<{
        'QUERY PLAN': { Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }[]
      }>`
        explain (analyze, buffers, format json)
        select id from jobs where state = 'open' and due_at <= now() and lease_until <= now() order by due_at, seq limit 10`
      const node = rows[0]?.['QUERY PLAN'][0]?.Plan
      return (node?.['Shared Hit Blocks'] ?? 0) + (node?.['Shared Read Blocks'] ?? 0)
    }
    expect(await pages()).toBeLessThan(30)
  })
})
