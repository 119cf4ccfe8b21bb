import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { foldFigures, readFigures } from '../../db/figures.ts'
import type { DayFigure, Measure } from '../../shop/admin/figures.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const { connectionString, endpoint } = database
  db = createMigrationTarget({ NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint }).db
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.pglite.exec(`truncate orders, affiliate_clicks, checkouts, products, figure_changes, day_figures cascade;
    insert into products (id, slug, type, title, affiliate_url) values
      ('prd_tool', 'tool', 'affiliate', 'A Tool', 'https://a.example/'), ('prd_lamp', 'lamp', 'affiliate', 'A Lamp', 'https://a.example/')`)
})

const MEASURES: Measure[] = ['sale', 'refund', 'lost_dispute', 'checkout', 'click', 'product_click']
const PERIOD = { from: '2026-01-01', until: '2026-12-31' }
const run = (sql: string, params: unknown[] = []) => database.pglite.query(sql, params)

/** The same sums, counted from the rows themselves: slow, and beyond doubt. */
async function recount(timeZone: string): Promise<DayFigure[]> {
  const { rows } = await database.pglite.query<DayFigure>(
    `select to_char((at at time zone $1)::date, 'YYYY-MM-DD') as day, measure, subject, sum(amount)::float8 as amount, count(*)::float8 as count
     from (
       select 'sale' as measure, currency as subject, paid_at as at, amount_total as amount from orders where paid_at is not null
       union all select 'refund', currency, refunded_at, amount from refunds where status not in ('failed', 'canceled')
       union all select 'lost_dispute', currency, opened_at, amount from disputes where status = 'lost'
       union all select 'checkout', '', began_at, 0 from checkouts
       union all select 'click', '', clicked_at, 0 from affiliate_clicks where not is_bot
       union all select 'product_click', product_id, clicked_at, 0 from affiliate_clicks where not is_bot) as rows
     group by 1, 2, 3 order by 1, 2, 3`,
    [timeZone],
  )
  return rows
}
const read = (timeZone: string) => readFigures(db, { measures: MEASURES, period: PERIOD, timeZone })
const sorted = (figures: DayFigure[]) =>
  figures.toSorted((a, b) => `${a.day}${a.measure}${a.subject}`.localeCompare(`${b.day}${b.measure}${b.subject}`))

/** Something that happens to a shop. Moments lie around midnights and changes of the clock. */
const at = fc
  .tuple(
    fc.constantFrom('2026-03-28', '2026-03-29', '2026-06-30', '2026-10-25', '2026-10-26'),
    fc.integer({ min: 0, max: 86_399 }),
  )
  .map(([day, second]) => new Date(Date.parse(day) + second * 1000).toISOString())
const order = fc.integer({ min: 1, max: 5 })
const amount = fc.integer({ min: 0, max: 5_000 })
const currency = fc.constantFrom('eur', 'jpy', 'kwd')
const event = fc.oneof(
  fc.record({ what: fc.constant('sale' as const), order, at: fc.option(at), amount, currency }),
  fc.record({ what: fc.constant('pay' as const), order, at }),
  fc.record({ what: fc.constant('refund' as const), order, at, amount, currency, id: order }),
  fc.record({
    what: fc.constant('settle' as const),
    id: order,
    status: fc.constantFrom('failed', 'succeeded', 'pending', 'canceled'),
  }),
  fc.record({
    what: fc.constant('dispute' as const),
    order,
    at,
    amount,
    currency,
    id: order,
    status: fc.constantFrom('lost', 'won', 'needs_response'),
  }),
  fc.record({
    what: fc.constant('clicks' as const),
    at,
    count: fc.integer({ min: 1, max: 3 }),
    product: fc.constantFrom('prd_tool', 'prd_lamp'),
    isBot: fc.boolean(),
  }),
  fc.record({ what: fc.constant('checkout' as const), id: order, at }),
  fc.record({ what: fc.constant('fold' as const), limit: fc.integer({ min: 1, max: 4 }) }),
)
type Event = typeof event extends fc.Arbitrary<infer One> ? One : never

async function happen(one: Event, timeZone: string): Promise<void> {
  switch (one.what) {
    case 'sale':
      await run(
        `insert into orders (id, stripe_session_id, livemode, status, currency, amount_subtotal, amount_discount, amount_tax, amount_total, paid_at, observed_at)
         values ('ord_test' || $1::int, 'cs_' || $1::int, false, 'pending', $2, $3, 0, 0, $3, $4, now())
         on conflict (stripe_session_id) do update set paid_at = coalesce(orders.paid_at, excluded.paid_at), observed_at = now()`,
        [one.order, one.currency, one.amount, one.at],
      )
      return
    case 'pay':
      await run(`update orders set paid_at = $2 where id = 'ord_test' || $1::int`, [one.order, one.at])
      return
    case 'refund':
      await run(
        `insert into refunds (stripe_refund_id, order_id, amount, currency, status, refunded_at)
         select 're_' || $1::int, id, $3, $4, 'pending', $5 from orders where id = 'ord_test' || $2::int
         on conflict (stripe_refund_id) do update set amount = excluded.amount`,
        [one.id, one.order, one.amount, one.currency, one.at],
      )
      return
    case 'settle':
      await run(`update refunds set status = $2 where stripe_refund_id = 're_' || $1::int`, [one.id, one.status])
      return
    case 'dispute':
      await run(
        `insert into disputes (stripe_dispute_id, order_id, amount, currency, status, opened_at)
         select 'dp_' || $1::int, id, $3, $4, $6, $5 from orders where id = 'ord_test' || $2::int
         on conflict (stripe_dispute_id) do update set status = excluded.status, amount = excluded.amount`,
        [one.id, one.order, one.amount, one.currency, one.at, one.status],
      )
      return
    case 'clicks':
      await run(
        `insert into affiliate_clicks (product_id, is_bot, clicked_at) select $1, $2, $3::timestamptz + i * interval '7 minutes'
         from generate_series(1, $4::int) i`,
        [one.product, one.isBot, one.at, one.count],
      )
      return
    case 'checkout':
      await run(
        `insert into checkouts (stripe_session_id, amount_total, currency, slugs, began_at) values ('cs_' || $1::int, 1, 'eur', '{}', $2)
         on conflict do nothing`,
        [one.id, one.at],
      )
      return
    case 'fold':
      await foldFigures(db, { timeZone, limit: one.limit })
  }
}

describe('sums by day', () => {
  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'])(
    'are to the cent what a recount of every row finds, whatever happened and however much was folded: %s',
    async (timeZone) => {
      await fc.assert(
        fc
          .asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
            for (const one of events) await happen(one, timeZone)
            const expected = sorted(await recount(timeZone))
            expect(sorted(await read(timeZone))).toEqual(expected)
            for (let lines = 1; lines > 0; ) lines = await foldFigures(db, { timeZone, limit: 10 })
            expect(sorted(await read(timeZone))).toEqual(expected)
          })
          .beforeEach(() =>
            run('truncate orders, affiliate_clicks, checkouts, figure_changes, day_figures cascade').then(
              () => undefined,
            ),
          ),
        { numRuns: 10, seed: 20_261_123 },
      )
    },
    120_000,
  )

  it('leave nothing behind for an update that changes none of them', async () => {
    await happen({ what: 'sale', order: 1, at: '2026-06-30T10:00:00Z', amount: 1900, currency: 'eur' }, 'UTC')
    await run('truncate figure_changes')
    await run(`update orders set email = 'ada@example.com', observed_at = now(), access_epoch = 2`)
    expect((await run('select * from figure_changes')).rows).toEqual([])
  })

  it('outlive the rows that are deleted when they are old', async () => {
    await happen({ what: 'clicks', at: '2026-06-30T10:00:00Z', count: 3, product: 'prd_tool', isBot: false }, 'UTC')
    await run('delete from affiliate_clicks')
    expect(await read('UTC')).toMatchObject([
      { measure: 'click', count: 3 },
      { measure: 'product_click', subject: 'prd_tool', count: 3 },
    ])
  })

  it('are read for the days that were asked for alone', async () => {
    for (const day of ['2026-06-29', '2026-06-30', '2026-07-01'])
      await happen(
        { what: 'sale', order: Number(day.slice(8)), at: `${day}T12:00:00Z`, amount: 100, currency: 'eur' },
        'UTC',
      )
    await foldFigures(db, { timeZone: 'UTC', limit: 1 })
    const period = { from: '2026-06-30', until: '2026-06-30' }
    const days = await readFigures(db, { measures: ['sale'], period, timeZone: 'UTC' })
    expect(days).toEqual([{ day: '2026-06-30', measure: 'sale', subject: 'eur', amount: 100, count: 1 }])
  })
})
