import process from 'node:process'
import type { Context } from '@netlify/functions'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import door from '../../functions/reconcile.ts'
import { VendorDown } from '../../shop/errors.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { buy } from '../support/sale.ts'
import { appAt, openStage, type Stage, today, withPort } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** By one o'clock the night's run is not due yet. */
const ONE = '01:00'
const watch = () => watchStripe(appAt(stage, today(ONE)))
const sleeping: Database = () => Promise.reject(new Error('the database was woken'))

async function callsToStripe(): Promise<number> {
  return ((await (await fetch(`${stage.servicesUrl}/stats.json`)).json()) as { stripe: number }).stripe
}

/** A look during which the database may not be asked. */
const watchAsleep = () => watchStripe(withPort(appAt(stage, today(ONE)), 'db', sleeping))

beforeEach(async () => {
  process.env.SITE_URL = stage.siteUrl
  stage.faults.put({ service: 'webhook', mode: 'drop', count: 0 })
  stage.faults.put({ service: 'stripe', mode: '429', count: 0 })
  await watch()
  await stage.work()
})

describe('functions/reconcile', () => {
  it('is called by the clock, and refuses to work for a preview, whose database may be a copy', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const call = (deploy: string, siteUrl: string) => {
      process.env.SITE_URL = siteUrl
      const context = { deploy: { context: deploy }, waitUntil: () => undefined } as unknown as Context
      return door(new Request('http://localhost/', { method: 'POST', body: '{}' }), context)
    }
    await call('deploy-preview', 'https://preview--shop.example.com')
    expect(await stage.jobs()).not.toContainEqual({ id: expect.stringContaining(sessionId), state: 'open' })
    await call('production', stage.siteUrl)
    expect(await stage.jobs()).toContainEqual({ id: expect.stringContaining(sessionId), state: 'open' })
  })
})

describe('watchStripe', () => {
  it('F18: makes the order of a sale whose events were all lost, and sends its receipt, once', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toEqual([])
    const pokes = stage.store.state.pokes
    await watch()
    expect(stage.store.state.pokes).toBe(pokes + 1)
    await stage.work()
    const [order, ...others] = await stage.ordersOf(sessionId)
    expect([order?.status, others]).toEqual(['paid', []])
    expect(await stage.receiptsOf(order?.id ?? '')).toHaveLength(1)
    for (const again of [1, 2]) {
      await watch()
      await stage.work()
      expect(await stage.receiptsOf(order?.id ?? ''), `look ${again}`).toHaveLength(1)
    }
    expect(await stage.ordersOf(sessionId)).toEqual([order])
  })

  it('lets the database sleep, opens no job and pokes nobody while Stripe says nothing new', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    await stage.refund(sessionId, 500)
    await watch()
    await stage.work()
    const before = [await stage.jobs(), stage.store.state.pokes]
    const calls = await callsToStripe()
    await watchAsleep()
    expect(await callsToStripe()).toBe(calls + 3)
    expect([await stage.jobs(), stage.store.state.pokes]).toEqual(before)
    stage.dropWebhooks()
    await buy(stage, 'book')
    await expect(watchAsleep()).rejects.toThrow('the database was woken')
  })

  it('asks the database once about a sale that came in the ordinary way, and finds nothing to do', async () => {
    await buy(stage, 'book')
    await stage.work()
    const jobs = await stage.jobs()
    await watch()
    expect(await stage.jobs()).toEqual(jobs)
    await watchAsleep()
  })

  it('finds a refund that nobody told us of', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    stage.dropWebhooks()
    await stage.refund(sessionId)
    await watch()
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'refunded', back: 1900 }])
    await watchAsleep()
  })

  it('finds a refund that failed afterwards', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    await stage.refund(sessionId)
    await stage.stripe.deliverDue()
    await stage.work()
    stage.dropWebhooks()
    expect((await stage.press('fail-refund', sessionId)).status).toBeLessThan(400)
    await watch()
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'paid', back: 0 }])
  })

  it('finds a dispute, and that it was won', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    stage.dropWebhooks()
    for (const [button, status] of [
      ['dispute', 'disputed'],
      ['dispute-won', 'paid'],
    ] as const) {
      expect((await stage.press(button, sessionId)).status).toBeLessThan(400)
      await watch()
      await stage.work()
      expect(await stage.ordersOf(sessionId)).toMatchObject([{ status }])
    }
  })

  it('leaves alone what another program sold on the same Stripe account', async () => {
    const price_data = { currency: 'eur', unit_amount: 700, product_data: { name: 'Not ours' } }
    const { id, url } = await stage.sdk.checkout.sessions.create({
      mode: 'payment',
      line_items: [{ quantity: 1, price_data }],
      success_url: 'https://elsewhere.example/thanks',
    })
    await fetch(url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ email: 'a@example.com', card: '4242424242424242' }),
      redirect: 'manual',
    })
    expect((await stage.sdk.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
    await stage.refund(id, 300)
    await stage.press('dispute', id)
    await watchAsleep()
  })

  it('works without its notes when the store does not answer, and only asks the database more often', async () => {
    const gone = () => Promise.reject(new VendorDown('storage', 'The file store does not answer.'))
    const blind = () => withPort(appAt(stage, today(ONE)), 'digests', { read: gone, write: gone })
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const warned: string[] = []
    const app = blind()
    await watchStripe(withPort(app, 'log', { ...app.log, warn: (event) => void warned.push(event) }))
    expect(warned).toEqual(expect.arrayContaining(['digest_unreadable', 'drift_found', 'digest_unwritten']))
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toMatchObject([{ status: 'paid' }])
    const jobs = await stage.jobs()
    await watchStripe(blind())
    expect(await stage.jobs()).toEqual(jobs)
  })

  it('mends the same difference as often as it comes back', async () => {
    const sessionId = await buy(stage, 'book')
    await stage.work()
    for (const time of [1, 2]) {
      await stage.rows(`update orders set status = 'disputed' where stripe_session_id = $1`, [sessionId])
      // Stripe says nothing new, so only one who has forgotten what it said looks at the row.
      const forgetful = withPort(appAt(stage, today(ONE)), 'digests', { read: async () => [], write: async () => {} })
      await watchStripe(forgetful)
      await stage.work()
      expect(await stage.ordersOf(sessionId), `time ${time}`).toMatchObject([{ status: 'paid' }])
    }
    const jobs = await stage.jobs()
    expect(jobs.filter(({ id }) => id.startsWith(`reconcile:${sessionId}:`))).toMatchObject([{ state: 'done' }])
  })

  it('notes what it has seen only when its jobs are safe', async () => {
    stage.dropWebhooks()
    const sessionId = await buy(stage, 'book')
    const down: Database = () => Promise.reject(new VendorDown('database', 'The database does not answer.'))
    await expect(watchStripe(withPort(appAt(stage, today(ONE)), 'db', down))).rejects.toThrow(VendorDown)
    await watch()
    await stage.work()
    expect(await stage.ordersOf(sessionId)).toHaveLength(1)
  })

  it('waits out a limit of its rate, and gives up in time when Stripe is down', async () => {
    const app = appAt(stage, today(ONE))
    stage.faults.put({ service: 'stripe', mode: '429', count: 3, path: '/v1/checkout/sessions' })
    await watchStripe(app)
    expect(app.pauses.filter((ms) => ms >= 1000)).toEqual([1000, 2000, 4000])
    stage.faults.put({ service: 'stripe', mode: '500', count: 100, path: '/v1/checkout/sessions' })
    const unlucky = appAt(stage, today(ONE))
    await expect(watchStripe(unlucky)).rejects.toThrow(VendorDown)
    expect(unlucky.pauses).toEqual([])
    stage.faults.put({ service: 'stripe', mode: '500', count: 0, path: '/v1/checkout/sessions' })
  })
})
