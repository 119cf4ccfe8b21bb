import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { startNight } from '../../shop/reconcile/start-night.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { appAt, today, withPort } from '../reconcile/stage.ts'
import { buy, post } from '../support/sale.ts'
import { type FaultStage, newEventId, openFaultStage } from './stage.ts'

let stage: FaultStage

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.faults.put({ service: 'webhook', mode: 'drop', count: 0 })
  await stage.work()
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }
const open = (sessionId: string) => post(stage, '/get_entitlements', { session_id: sessionId })

describe('events of one sale', () => {
  it('F13 the webhook’s worker and /success at the same moment make one order and one receipt, and the page shows links', async () => {
    const sessionId = await buy(stage, 'book')
    const [page] = await Promise.all([open(sessionId), stage.work(), open(sessionId), stage.work()])
    expect([page.status, await page.json()]).toMatchObject([200, { state: 'paid', downloads: [{ slug: 'book' }] }])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F14 completed and async_payment_succeeded make one order', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.deliver({ type: 'checkout.session.async_payment_succeeded', object: { id: sessionId } })
    await Promise.all([stage.work(), stage.work()])
    expect(await stage.count("jobs where payload ->> 'stripe_session_id' = $1 and state = 'done'", [sessionId])).toBe(2)
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F16 a refund known before the order makes a refunded order without links and without a mail that promises any', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    await stage.refund(sessionId)
    const payment_intent = await stage.paymentOf(sessionId)
    await stage.deliver({ type: 'refund.created', object: { id: 're_x', payment_intent } })
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual({ orders: ['refunded'], receipts: 1, files: 0 })
    expect((await open(sessionId)).status).toBe(403)
    await stage.completed(sessionId)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual({ orders: ['refunded'], receipts: 1, files: 0 })
    const [order] = await stage.ordersOf(sessionId)
    for (const { html, text } of await stage.receiptsOf(order?.id ?? '')) expect(html + text).not.toContain('access=')
  })

  it('F17 an event that is delivered again after newer ones takes nothing back', async () => {
    const [sessionId, id] = [await buy(stage, 'book'), newEventId()]
    await stage.completed(sessionId, id)
    await stage.work()
    await stage.refund(sessionId)
    await stage.stripe.deliverDue()
    await stage.work()
    await stage.rows('delete from jobs where id = $1', [`stripe:${id}`])
    for (const again of [id, newEventId()]) await stage.completed(sessionId, again)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual({ orders: ['refunded'], receipts: 1, files: 0 })
  })
  it('F17 a sync that asked Stripe before a refund and writes after it takes nothing back', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    const app = stage.app()
    const { payments } = app
    const readSession = async (id: string) => {
      const before = await payments.readSession(id)
      await stage.refund(sessionId)
      await stage.stripe.deliverDue()
      await stage.work()
      return before
    }
    const slow = withPort(app, 'payments', Object.assign(Object.create(payments), { readSession }))
    expect(await syncOrder(slow, sessionId)).toEqual({ kind: 'older' })
    expect(await stage.outcome(sessionId)).toEqual({ orders: ['refunded'], receipts: 1, files: 0 })
  })
})

describe('events that never come', () => {
  const LOOK = '01:00'
  const look = () => watchStripe(appAt(stage, today(LOOK)))

  it('F18 are found within 15 minutes: the order is made, once', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    for (let i = 0; i < 2; i++) {
      await look()
      await stage.work()
    }
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F18 about an order that is still pending are found however old it is', async () => {
    const sessionId = await buy(stage, 'book', { card: 'AT611904300234573201' })
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'pending' }])
    stage.dropWebhooks()
    await stage.pass(11)
    await startNight(appAt(stage, today(LOOK)), '2027-06-01')
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F19 for 72 hours lose nothing: Stripe repeats some, the comparison finds the rest', async () => {
    stage.store.state.pokeStatus = 500
    const repeated = await buy(stage, 'book')
    stage.dropWebhooks()
    const lost = await buy(stage, 'book')
    const back = await buy(stage, 'print')
    await stage.refund(back)
    stage.store.state.pokeStatus = 202
    await stage.completed(repeated)
    await stage.work()
    await look()
    await stage.work()
    expect([await stage.outcome(repeated), await stage.outcome(lost)]).toEqual([ONCE, ONCE])
    expect(await stage.outcome(back)).toEqual({ orders: ['refunded'], receipts: 1, files: 0 })
  })
})

describe('a sale without money', () => {
  it('F51 is an order without a payment intent, with its receipt, once however often it is told', async () => {
    const sessionId = await buy(stage, 'free')
    await Promise.all([stage.completed(sessionId), stage.completed(sessionId), open(sessionId)])
    await Promise.all([stage.work(), stage.work()])
    const [order] = await stage.rows(
      'select stripe_payment_intent_id, amount_total::int as total from orders where stripe_session_id = $1',
      [sessionId],
    )
    expect([order, await stage.outcome(sessionId)]).toEqual([{ stripe_payment_intent_id: null, total: 0 }, ONCE])
  })
})

describe('events in any order', () => {
  const NAMES = ['completed', 'succeeded', 'part', 'full', 'disputed', 'won'] as const
  /** Every 60th of the 720 orders; test/simulator takes all of them. */
  const orders = permutations([...NAMES]).filter((_, i) => i % 60 === 7)

  it('F15 end in what Stripe says, whichever of six comes when', { timeout: 60_000 }, async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const payment_intent = await stage.paymentOf(sessionId)
    await stage.refund(sessionId, 400)
    await stage.press('dispute', sessionId)
    await stage.press('dispute-won', sessionId)
    await stage.refund(sessionId)
    const object = { id: 'x', payment_intent }
    const events = {
      completed: { object: { id: sessionId } },
      succeeded: { type: 'checkout.session.async_payment_succeeded', object: { id: sessionId } },
      part: { type: 'charge.refunded', object },
      full: { type: 'refund.updated', object },
      disputed: { type: 'charge.dispute.created', object },
      won: { type: 'charge.dispute.closed', object },
    }
    expect(orders).toHaveLength(12)
    // Mails are rows here: the same refund told anew would be another mail under the same key.
    const sync = () => stage.workWith(stage.app(), { ...HANDLERS, send_email: async () => 'done' })
    for (const order of orders) {
      await stage.rows('truncate jobs, emails, orders cascade')
      for (const name of order) {
        await stage.deliver(events[name])
        if (order.indexOf(name) % 2 === 0) await sync()
      }
      await sync()
      expect([order, await stage.ordersOf(sessionId)]).toMatchObject([order, [{ status: 'refunded', back: 1900 }]])
      expect(await stage.count("emails where kind = 'receipt'")).toBe(1)
      expect(await stage.count('entitlements')).toBe(0)
    }
  })
})

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}
