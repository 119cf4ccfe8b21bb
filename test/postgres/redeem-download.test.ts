import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import type { DownloadRules } from '../../db/redemptions.ts'
import type { App } from '../../shop/app.ts'
import { redeemGrant } from '../../shop/downloads/redeem-grant.ts'
import { Forbidden, ShopError } from '../../shop/errors.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'

const ITEM = 'itm_book'
const FILE = 'fil_book'
let postgres: RealPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  await postgres.target.batch([
    "insert into products (id, slug, type, status, title, unit_amount, currency) values ('prd_book', 'book', 'direct', 'published', 'A Book', 1900, 'eur')",
    `insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key) values ('${FILE}', 'prd_book', 'a.pdf', 'application/pdf', 1, repeat('a', 64), 'files/a')`,
    "insert into orders (id, stripe_session_id, livemode, status, currency, amount_subtotal, amount_discount, amount_tax, amount_total, amount_refunded, paid_at, observed_at) values ('ord_1234', 'cs_test_1', false, 'paid', 'eur', 1900, 0, 0, 1900, 0, now(), now())",
    `insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total) values ('${ITEM}', 'ord_1234', 'li_1', 'prd_book', 'A Book', 1, 1900, 1900)`,
  ])
})
afterAll(() => postgres?.close())
beforeEach(() => postgres.target.db`delete from downloads`)

/** As much of the shop as counting needs. */
function appWith(downloads: Partial<DownloadRules>): App {
  const rules = { perItem: null, dailyPerItem: 20, earlierVersions: true, s3LinkMinutes: 10, ...downloads }
  const partial = {
    db: postgres.target.db,
    waker: { poke: async () => true },
    shop: { downloads: rules },
    now: () => new Date(),
    later: (_what: string, work: Promise<unknown>) => work,
  }
  return partial as unknown as App
}

const redeem = (app: App, jti: string) =>
  redeemGrant(app, { jti, orderItemId: ITEM, fileId: FILE, epoch: 1 }).then(
    () => 'ok',
    (error: unknown) => (error instanceof ShopError ? error.code : Promise.reject(error)),
  )
const many = (count: number, jti: (i: number) => string) => Array.from({ length: count }, (_, i) => jti(i))
const tally = (outcomes: string[]) => ({
  ok: outcomes.filter((outcome) => outcome === 'ok').length,
  refused: outcomes.filter((outcome) => outcome !== 'ok').length,
})
const counted = async () =>
  (await postgres.target.db<{ n: number }>`select count(*)::int as n from downloads`)[0]?.n ?? -1
const notices = async () =>
  (
    await postgres.target.db<{ n: number }>`
      select count(*)::int as n from emails e join jobs j on j.id = 'mail:' || e.id where e.kind = 'seller_unusual_downloads'`
  )[0]?.n ?? -1

describe('redeemGrant', () => {
  it.each([1, 2, 3])('D15 lets exactly as many of 40 at once through as are left in a day (round %i)', async () => {
    const app = appWith({ dailyPerItem: 20 })
    for (const jti of many(7, (i) => `before ${i}`)) expect(await redeem(app, jti)).toBe('ok')
    const outcomes = await Promise.all(many(40, (i) => `at once ${i}`).map((jti) => redeem(app, jti)))
    expect(tally(outcomes)).toEqual({ ok: 13, refused: 27 })
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'too_many_downloads']))
    expect(await counted()).toBe(20)
    expect(await notices()).toBe(1)
  })

  it('lets exactly as many of 30 at once through as an item has', async () => {
    const outcomes = await Promise.all(many(30, String).map((jti) => redeem(appWith({ perItem: 3 }), jti)))
    expect(tally(outcomes)).toEqual({ ok: 3, refused: 27 })
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'downloads_used_up']))
    expect(await counted()).toBe(3)
  })

  it('D14 counts one token once, however many requests come with it at once', async () => {
    const app = appWith({ perItem: 2 })
    const outcomes = await Promise.all(many(40, (i) => `token ${i % 2}`).map((jti) => redeem(app, jti)))
    expect(tally(outcomes)).toEqual({ ok: 40, refused: 0 })
    expect(await counted()).toBe(2)
    expect(await redeem(app, 'another')).toBe('downloads_used_up')
    expect(await redeem(app, 'token 1')).toBe('ok')
  })

  it('looks back over 24 hours, and says when there is room again', async () => {
    const app = appWith({ dailyPerItem: 3 })
    for (const hours of [25, 20, 10, 5])
      await postgres.target
        .db`insert into downloads (jti, order_item_id, file_id, redeemed_at) values (${`h${hours}`}, ${ITEM}, ${FILE}, now() - make_interval(hours => ${hours}::int))`
    const error = await redeemGrant(app, { jti: 'new', orderItemId: ITEM, fileId: FILE, epoch: 1 }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ status: 429, code: 'too_many_downloads' })
    const { retryAfter = 0 } = error as ShopError
    expect(Math.abs(retryAfter - 4 * 3_600)).toBeLessThan(30)
    await postgres.target.db`delete from downloads where jti = 'h20'`
    expect(await redeem(app, 'new')).toBe('ok')
  })

  it('lets all through at once where the limits are far away', async () => {
    const app = appWith({ dailyPerItem: 1_000 })
    const outcomes = await Promise.all(many(40, String).map((jti) => redeem(app, jti)))
    expect(tally(outcomes)).toEqual({ ok: 40, refused: 0 })
    expect(await counted()).toBe(40)
  })

  it('counts nothing for an order that was closed between the look and the count', async () => {
    await postgres.target.db`update order_items set revoked_at = now()`
    await expect(
      redeemGrant(appWith({}), { jti: 'a', orderItemId: ITEM, fileId: FILE, epoch: 1 }),
    ).rejects.toBeInstanceOf(Forbidden)
    await postgres.target.db`update order_items set revoked_at = null`
    expect(await redeem(appWith({}), 'a')).toBe('ok')
    await expect(
      redeemGrant(appWith({}), { jti: 'a', orderItemId: ITEM, fileId: FILE, epoch: 2 }),
    ).rejects.toBeInstanceOf(Forbidden)
    expect(await counted()).toBe(1)
  })
})
