import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { buy, click, pay } from '../support/sale.ts'
import { appAt, openStage, type Stage, today, withPort } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const DAY_MS = 86_400_000
/** Days from now, so that nothing that the test did is in any of Stripe's lists. */
const later = (days: number, time: string) => new Date(today(time).getTime() + days * DAY_MS)
const watchAt = (moment: Date) => watchStripe(appAt(stage, moment))
const dateOf = (moment: Date) => moment.toISOString().slice(0, 10)

async function payLater(): Promise<string> {
  const { url, sessionId } = await click(stage, 'book')
  await pay(url, { card: 'AT611904300234573201' })
  return sessionId
}

beforeEach(async () => {
  stage.faults.put({ service: 'webhook', mode: 'drop', count: 0 })
  await stage.rows('update jobs set state = $1, finished_at = now() where state = $2', ['done', 'open'])
})

let days = 100
/** A night of its own for each test. */
function nextNight(time: string): Date {
  days += 10
  return later(days, time)
}

describe('the nightly comparison', () => {
  it('begins with the first run after three o’clock, once a night', async () => {
    const night = nextNight('02:45')
    const nightJobs = () =>
      stage.rows<{ id: string }>(`select id from jobs where kind = 'reconcile' and created_at <= now() order by seq`)
    const before = await nightJobs()
    await watchAt(night)
    expect(await nightJobs()).toEqual(before)
    // The run of three o'clock never came: the next one that does begins it.
    for (const minutes of [45, 60, 75, 600]) await watchAt(new Date(night.getTime() + minutes * 60_000))
    const added = (await nightJobs()).slice(before.length)
    const since = new Date(Date.parse(dateOf(night)) - 35 * DAY_MS).toISOString()
    expect(added).toEqual([{ id: `reconcile:walk:${since}:session:` }])
    // Nor did any of the next night's before a quarter to six.
    await watchAt(new Date(night.getTime() + DAY_MS + 180 * 60_000))
    expect(await nightJobs()).toHaveLength(before.length + 2)
  })

  it('finds an old order whose delayed payment came in silence', async () => {
    const sessionId = await payLater()
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'pending' }])
    stage.dropWebhooks()
    expect((await stage.press('settle', sessionId)).status).toBeLessThan(400)
    const night = nextNight('03:00')
    await watchAt(new Date(night.getTime() - 15 * 60_000))
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'pending' }])
    await watchAt(night)
    await stage.work()
    const [order] = await stage.ordersOf(sessionId)
    expect(order?.status).toBe('paid')
    expect(await stage.receiptsOf(order?.id ?? '')).toHaveLength(1)
  })

  it('finds an old dispute that was decided, and an old refund that failed', async () => {
    const [disputed, refunded] = [await buy(stage, 'book'), await buy(stage, 'book')]
    await stage.press('dispute', disputed)
    await stage.refund(refunded)
    await stage.stripe.deliverDue()
    await stage.work()
    await stage.rows(
      `update refunds set status = 'pending' where order_id = (select id from orders where stripe_session_id = $1)`,
      [refunded],
    )
    stage.dropWebhooks()
    await stage.press('dispute-won', disputed)
    await stage.press('fail-refund', refunded)
    await watchAt(nextNight('03:00'))
    await stage.rows('update jobs set due_at = now() where state = $1', ['open'])
    await stage.work()
    expect(await stage.ordersOf(disputed)).toMatchObject([{ status: 'paid' }])
    expect(await stage.ordersOf(refunded)).toMatchObject([{ status: 'paid', back: 0 }])
  })

  it('spaces these syncs half a second apart, so that a sale of the hour need not wait for them', async () => {
    await payLater()
    await payLater()
    await stage.work()
    const night = nextNight('03:00')
    await watchAt(night)
    const [spread] = await stage.rows<{ count: number; seconds: number }>(
      `select count(*)::int as count, extract(epoch from max(due_at) - min(due_at))::float8 as seconds
       from jobs where id like 'reconcile:cs_%:' || $1`,
      [dateOf(night)],
    )
    expect(spread?.count).toBeGreaterThanOrEqual(2)
    expect(spread?.seconds).toBe(((spread?.count ?? 0) - 1) / 2)
  })

  it('leaves orders alone that nothing can happen to', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    const night = nextNight('03:00')
    await watchAt(night)
    const jobs = await stage.rows<{ id: string }>(`select id from jobs where id = $1`, [
      `reconcile:${sessionId}:${dateOf(night)}`,
    ])
    expect(jobs).toEqual([])
  })

  it('compares 35 days with the rows whatever was noted, so that a row changed by hand is mended', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    const night = later(1, '03:00')
    await watchAt(new Date(night.getTime() - 30 * 60_000))
    await stage.rows(`update orders set status = 'disputed' where stripe_session_id = $1`, [sessionId])
    await watchAt(new Date(night.getTime() - 15 * 60_000))
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'disputed' }])
    // The status that the row must not keep would itself be found as unsettled: take that job away to see the walk's.
    await watchAt(night)
    await stage.rows('delete from jobs where id = $1', [`reconcile:${sessionId}:${dateOf(night)}`])
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'paid' }])
  })

  it('sends a mail whose job was lost, and leaves a dead one and a held one to a person', async () => {
    const orders = await Promise.all(
      ['lost', 'dead', 'held'].map(async (fate) => {
        const sessionId = await buy(stage, 'book')
        await stage.stripe.deliverDue()
        return { fate, sessionId }
      }),
    )
    for (const { sessionId } of orders) await syncOnly(sessionId)
    const idOf = async (n: number) => (await stage.ordersOf(orders[n]?.sessionId ?? ''))[0]?.id ?? ''
    const [lost, dead, held] = [await idOf(0), await idOf(1), await idOf(2)]
    await stage.rows('delete from jobs where id = any($1)', [[`mail:receipt:${lost}`, `mail:receipt:${held}`]])
    await stage.rows(`update jobs set state = 'dead', finished_at = now() where id = $1`, [`mail:receipt:${dead}`])
    await stage.rows(`update emails set first_attempt_at = now() - interval '24 hours' where id = $1`, [
      `receipt:${held}`,
    ])
    await watchAt(nextNight('03:00'))
    await stage.work()
    expect(await stage.receiptsOf(lost)).toHaveLength(1)
    expect(await stage.receiptsOf(dead)).toHaveLength(0)
    expect(await stage.receiptsOf(held)).toHaveLength(0)
  })

  it('is tried again when the database did not answer', async () => {
    const night = nextNight('03:00')
    const down: Database = () => Promise.reject(new Error('no database'))
    await expect(watchStripe(withPort(appAt(stage, night), 'db', down))).rejects.toThrow('no database')
    await watchAt(new Date(night.getTime() + 15 * 60_000))
    const since = new Date(Date.parse(dateOf(night)) - 35 * DAY_MS).toISOString()
    expect(await stage.rows('select 1 from jobs where id = $1', [`reconcile:walk:${since}:session:`])).toHaveLength(1)
  })
})

/** Makes the order and leaves its mail unsent. */
async function syncOnly(sessionId: string): Promise<void> {
  await syncOrder(stage.app(), sessionId)
  await stage.rows(`update jobs set state = 'done', finished_at = now() where kind = 'sync_order' and state = 'open'`)
}
