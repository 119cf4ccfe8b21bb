import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { PURGES } from '../../db/retention.ts'
import { KEPT_DAYS, PERISHABLES, type Perishable } from '../../shop/retention/kept-days.ts'
import { purgeOld } from '../../shop/retention/purge-old.ts'
import { purgeJob } from '../../workers/purge.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    `insert into products (id, slug, type, title, affiliate_url) values ('prd_tool', 'tool', 'affiliate', 'A Tool', 'https://www.amazon.com/dp/B1')`,
    `insert into orders (id, stripe_session_id, livemode, status, currency, amount_subtotal, amount_discount, amount_tax, amount_total, observed_at)
     select 'ord_' || i || 'aaaa', 'cs_' || i, false, 'pending', 'eur', 1, 0, 0, 1, now() from generate_series(1, 2500) i`,
  ])
  await fill()
})
afterAll(() => postgres.close())

/** 100,000 rows that are a day too old, and one of each kind that is an hour too young. */
async function fill(): Promise<void> {
  const old = (days: number) => `now() - interval '${days + 1} days'`
  const young = (days: number) => `now() - interval '${days} days' + interval '1 hour'`
  const { affiliate_clicks, done_jobs, mail_bodies, checkouts, access_codes, rate_limits } = KEPT_DAYS
  await postgres.target.batch([
    `insert into affiliate_clicks (product_id, is_bot, clicked_at) select 'prd_tool', false, ${old(affiliate_clicks)} from generate_series(1, 70000)`,
    `insert into affiliate_clicks (product_id, is_bot, clicked_at) values ('prd_tool', false, ${young(affiliate_clicks)})`,
    `insert into jobs (id, kind, state, finished_at) select 'old:' || i, 'sync_order', 'done', ${old(done_jobs)} from generate_series(1, 10000) i`,
    `insert into jobs (id, kind, state, finished_at) values ('young', 'sync_order', 'done', ${young(done_jobs)}), ('dead', 'sync_order', 'dead', ${old(done_jobs)})`,
    `insert into jobs (id, kind, created_at) values ('open', 'sync_order', ${old(done_jobs)})`,
    `insert into emails (id, kind, to_address, subject, html, body_text, rendered_at, first_attempt_at, sent_at, created_at)
     select 'old:' || i, 'receipt', 'a@b.c', 's', '<p>', 't', now(), now(), now(), ${old(mail_bodies)} from generate_series(1, 5000) i`,
    `insert into emails (id, kind, to_address, subject, html, body_text, rendered_at, created_at) values
      ('young', 'receipt', 'a@b.c', 's', '<p>', 't', now(), ${young(mail_bodies)}),
      ('never sent', 'receipt', 'a@b.c', 's', '<p>', 't', now(), ${old(mail_bodies)})`,
    `insert into checkouts (stripe_session_id, amount_total, currency, slugs, began_at) select 'cs_' || i, 1, 'eur', '{}', ${old(checkouts)} from generate_series(1, 7500) i`,
    `insert into checkouts (stripe_session_id, amount_total, currency, slugs, began_at) values ('cs_young', 1, 'eur', '{}', ${young(checkouts)})`,
    `insert into access_codes (id, order_id, code_hash, created_at, expires_at)
     select 'cod_' || i, 'ord_' || i || 'aaaa', repeat('a', 64), case i when 1 then ${young(access_codes)} else ${old(access_codes)} end, now() from generate_series(1, 2500) i`,
    `insert into rate_limits (key, window_start, hits) select 'old:' || i, ${old(rate_limits)}, 1 from generate_series(1, 5000) i`,
    `insert into rate_limits (key, window_start, hits) values ('young', ${young(rate_limits)}, 1)`,
    'analyze',
  ])
}

const LEFT: Record<Perishable, string> = {
  affiliate_clicks: 'affiliate_clicks',
  done_jobs: "jobs where state = 'done'",
  mail_bodies: 'emails where html is not null or body_text is not null',
  checkouts: 'checkouts',
  access_codes: 'access_codes',
  rate_limits: 'rate_limits',
}

async function count(from: string): Promise<number> {
  const parts = [`select count(*)::int as n from ${from}`]
  const [row] = await postgres.target.db<{ n: number }>(Object.assign(parts, { raw: parts }))
  return row?.n ?? -1
}

const app = (now: () => Date) => ({ db: postgres.target.db, now })
const sold = () =>
  count(
    "(select 1 from figure_changes where measure = 'click' and amount = 0 union all select 1 from day_figures) as sums",
  )

describe('what is too old', () => {
  it.each(PERISHABLES)('%s is found by an index, a thousand at a time', async (what) => {
    const plans: unknown[] = []
    const explaining: Database = async (strings, ...values) => {
      const texts = [`explain (format json) ${strings[0]}`, ...strings.slice(1)]
      plans.push(
        ...(await postgres.target.db(
          Object.assign(texts, { raw: texts }) as unknown as TemplateStringsArray,
          ...values,
        )),
      )
      return []
    }
    await PURGES[what](explaining, { days: 100_000, limit: 1000 })
    expect(JSON.stringify(plans)).not.toContain('Seq Scan')
  })

  it('does not wait for a row that somebody is at, and takes it the next time', async () => {
    const before = await count('checkouts')
    const { db } = postgres.target
    let isHeld = true
    const holding = db`
      with held as materialized (select stripe_session_id from checkouts order by began_at, stripe_session_id limit 500 for update),
      slow as materialized (select count(*) as n, pg_sleep(60) from held)
      select n from slow`.catch(() => {
      isHeld = false
    })
    await expect.poll(() => count("pg_stat_activity where wait_event = 'PgSleep'")).toBe(1)
    expect(await PURGES.checkouts(db, { days: KEPT_DAYS.checkouts, limit: 1000 })).toBe(1000)
    expect({ isHeld, left: await count('checkouts') }).toEqual({ isHeld: true, left: before - 1000 })
    await count(
      "(select pid from pg_stat_activity where wait_event = 'PgSleep' offset 0) asleep where pg_cancel_backend(pid)",
    )
    await holding
  })

  it('is cleared away in part when the time is over, and the next run goes on', async () => {
    let looks = 0
    // The clock passes the end at the eleventh look.
    const hurried = app(() => new Date(++looks > 10 ? 2_000 : 0))
    const { isDone, counts } = await purgeOld(hurried, new Date(1_000))
    expect({ isDone, counts }).toMatchObject({ isDone: false, counts: { affiliate_clicks: 10_000, done_jobs: 0 } })
    expect(await count('affiliate_clicks')).toBe(60_001)
  })

  it('is gone after a night of 100,000 rows; what is young, open or dead stays, and so do the sums', async () => {
    const sums = await sold()
    const { isDone } = await purgeOld(
      app(() => new Date()),
      new Date(Date.now() + 600_000),
    )
    expect(isDone).toBe(true)
    const left = await Promise.all(PERISHABLES.map(async (what) => [what, await count(LEFT[what])]))
    expect(Object.fromEntries(left)).toEqual(Object.fromEntries(PERISHABLES.map((what) => [what, 1])))
    expect(await count("jobs where id in ('open', 'dead')")).toBe(2)
    expect(await count('emails')).toBe(5_002)
    expect(await count("emails where id = 'never sent' and voided_at is not null")).toBe(1)
    expect(
      await count(
        "emails where id like 'old:%' and sent_at is not null and voided_at is null and to_address is not null",
      ),
    ).toBe(5_000)
    expect(await sold()).toBe(sums)
    expect(sums).toBeGreaterThan(0)
    const again = await purgeOld(
      app(() => new Date()),
      new Date(Date.now() + 600_000),
    )
    expect(Object.values(again.counts)).toEqual(PERISHABLES.map(() => 0))
  })

  it('makes a job of its own that goes back to the queue while there is more', async () => {
    let now = 0
    const log = { info: () => undefined }
    // Every look at the clock costs fifteen seconds.
    const clock = () => {
      now += 15_000
      return new Date(now)
    }
    const slow = { ...app(clock), log } as unknown as Parameters<typeof purgeJob>[0]
    await expect(purgeJob(slow)).rejects.toMatchObject({ name: 'JobDeferred', retryAfter: 5 })
    const quick = { ...app(() => new Date()), log } as unknown as Parameters<typeof purgeJob>[0]
    expect(await purgeJob(quick)).toBe('done')
  })
})
