import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { codeBlocks, readPage, readPages } from './read-markdown.ts'

let database: TestDatabase
let db: PGlite

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.pglite
})

afterAll(() => database.close())

/** A test order that was paid, mailed and downloaded, with a dead job and a held mail. */
beforeEach(async () => {
  await db.exec(`
    truncate products, orders, jobs, checkouts cascade;
    insert into products (id, slug, type, title, unit_amount, currency) values ('prd_test', 'test', 'direct', 'T', 500, 'eur');
    insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
    values ('fil_test', 'prd_test', 'a.pdf', 'application/pdf', 1, repeat('0', 64), 'files/a');
    insert into orders (id, stripe_session_id, livemode, status, review_reason, currency, amount_subtotal, amount_discount,
      amount_tax, amount_total, paid_at, observed_at, email)
    values ('ord_test', 'cs_test_1', false, 'review', 'odd', 'eur', 500, 0, 0, 500, now(), now(), 'wrong@example.com');
    insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total)
    values ('itm_test', 'ord_test', 'li_1', 'prd_test', 'T', 1, 500, 500);
    insert into downloads (jti, order_item_id, file_id) values ('j', 'itm_test', 'fil_test');
    insert into emails (id, kind, order_id, to_address, subject, rendered_at, first_attempt_at)
    values ('receipt:ord_test', 'receipt', 'ord_test', 'wrong@example.com', 's', now(), now() - interval '2 days');
    insert into jobs (id, kind, state, attempts, fence, finished_at, last_error)
    values ('mail:receipt:ord_test', 'send_email', 'dead', 10, 4, now(), 'held');
    insert into checkouts (stripe_session_id, amount_total, currency, slugs) values ('cs_test_1', 500, 'eur', '{test}');`)
})

/** The one statement of the page under this heading that contains `part`, about our order instead of the page's. */
function statement(path: string, part: string): string {
  const found = codeBlocks(readPage(path), 'sql').filter((code) => code.includes(part))
  if (found.length !== 1) throw new Error(`${path} has ${found.length} statements with "${part}"`)
  return (found[0] ?? '').replaceAll('ord_…', 'ord_test').replaceAll('stripe:evt_…', 'mail:receipt:ord_test')
}

async function first(sql: string): Promise<unknown> {
  return (await db.query(sql)).rows[0]
}

describe('SQL in the documentation', () => {
  const blocks = readPages().flatMap((page) =>
    codeBlocks(page, 'sql').map((code) => [page.path, code.trim().split('\n')[0], code] as const),
  )

  it('is there', () => expect(blocks.length).toBeGreaterThan(10))

  it.each(blocks)('runs on the newest migration: %s, %s', async (_path, _line, code) => {
    await expect(db.exec(code)).resolves.toBeDefined()
  })
})

describe('docs/DEPLOY.md', () => {
  it('adds a product that is for sale and takes files', async () => {
    await db.exec(statement('docs/DEPLOY.md', 'insert into products'))
    const sql = `select status, type from products where slug = 'field-guide'`
    expect(await first(sql)).toEqual({ status: 'published', type: 'direct' })
  })

  it('leaves nothing of the test orders', async () => {
    await db.exec(statement('docs/DEPLOY.md', 'delete from orders'))
    const tables = ['orders', 'order_items', 'downloads', 'emails', 'checkouts']
    for (const table of tables) expect(await first(`select count(*)::int as n from ${table}`)).toEqual({ n: 0 })
  })
})

describe('docs/RUNBOOK.md', () => {
  const runbook = (part: string) => statement('docs/RUNBOOK.md', part)

  it('revives a dead job and keeps its fence', async () => {
    await db.exec(runbook("state = 'open', attempts = 0"))
    expect(await first('select state, attempts, fence from jobs')).toEqual({ state: 'open', attempts: 0, fence: 4 })
  })

  it('lets a held mail go, or marks it as sent', async () => {
    await db.exec(runbook('first_attempt_at = null'))
    expect(await first('select first_attempt_at from emails')).toEqual({ first_attempt_at: null })
    await db.exec('update emails set first_attempt_at = now()')
    await db.exec(runbook('sent_at = first_attempt_at'))
    expect(await first('select sent_at = first_attempt_at as is_sent from emails')).toEqual({ is_sent: true })
  })

  it('asks for a sync by a job that the worker understands', async () => {
    await db.exec(runbook("'hand:'").replace('cs_live_…', 'cs_live_1'))
    const sql = `select kind, payload, state from jobs where id like 'hand:%'`
    expect(await first(sql)).toEqual({ kind: 'sync_order', payload: { stripe_session_id: 'cs_live_1' }, state: 'open' })
  })
})
