import { randomBytes } from 'node:crypto'
import { setEnvironmentContext } from '@netlify/blobs'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform, WEBHOOK_SECRET } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'

let platform: TestPlatform
let sessionId: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  sessionId = await buy(platform, 'book')
  await platform.work()
})
afterAll(() => platform.close())

let id: string
beforeEach(() => {
  id = `evt_${randomBytes(8).toString('hex')}`
  platform.store.state.pokeStatus = 202
})

type Delivery = {
  at?: number
  secret?: string
  signature?: string | null
  change?: (body: string) => string
  event?: object
}

function deliver({
  at = Math.floor(Date.now() / 1000),
  secret = WEBHOOK_SECRET,
  signature,
  change = (body) => body,
  event,
}: Delivery = {}): Promise<Response> {
  const object = { id: sessionId, object: 'checkout.session' }
  const whole = { id, object: 'event', type: 'checkout.session.completed', livemode: false, data: { object }, ...event }
  const payload = JSON.stringify(whole)
  const signed = new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp: at })
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (signature !== null) headers['stripe-signature'] = signature ?? signed
  return fetch(`${platform.siteUrl}/stripe_webhook`, { method: 'POST', headers, body: change(payload) })
}

const jobs = () =>
  platform.rows<{ state: string }>('select state, attempts, payload from jobs where id = $1', [`stripe:${id}`])

describe('POST /stripe_webhook', () => {
  it('stores a signed event as one job that holds only ids, and wakes a worker', async () => {
    const pokes = platform.store.state.pokes
    const answer = await deliver()
    expect([answer.status, await answer.json()]).toEqual([200, { received: true }])
    expect(await jobs()).toEqual([{ state: 'open', attempts: 0, payload: { stripe_session_id: sessionId } }])
    expect(platform.store.state.pokes).toBe(pokes + 1)
  })

  it('makes one job, one order and one mail of twenty deliveries at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver()))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    await Promise.all([platform.work(), platform.work()])
    expect(await jobs()).toHaveLength(1)
    expect(await platform.rows('select 1 from orders where stripe_session_id = $1', [sessionId])).toHaveLength(1)
    expect(
      await platform.rows(
        "select 1 from emails e join orders o on o.id = e.order_id where stripe_session_id = $1 and kind = 'receipt'",
        [sessionId],
      ),
    ).toHaveLength(1)
  })

  const now = () => Math.floor(Date.now() / 1000)
  it.each([
    ['W2 no signature', () => ({ signature: null })],
    ['W2 nonsense', () => ({ signature: 'foo' })],
    ['W2 a time that is no number', () => ({ signature: 't=abc,v1=x' })],
    ['W2 only an old scheme', () => ({ signature: `t=${now()},v0=${'0'.repeat(64)}` })],
    ['W2 two times', () => ({ signature: `t=${now()},t=${now()},v1=${'0'.repeat(64)}` })],
    ['W3 another secret', () => ({ secret: 'whsec_of_somebody_else_entirely' })],
    ['W3 a body with one bit flipped', () => ({ change: (body: string) => body.replace('evt_', 'eut_') })],
    ['W3 a body written anew', () => ({ change: (body: string) => JSON.stringify(JSON.parse(body), null, 1) })],
    ['W4 a stale time', () => ({ at: now() - 302 })],
    ['W4 a time from the future', () => ({ at: now() + 305 })],
    ['W6 an empty body', () => ({ change: () => '' })],
  ])('refuses %s with 400 and writes nothing', async (_name, delivery: () => Delivery) => {
    expect((await deliver(delivery())).status).toBe(400)
    expect(await jobs()).toEqual([])
  })

  it.each([-299, 295])('accepts a time %i s from now', async (seconds) => {
    expect((await deliver({ at: now() + seconds })).status).toBe(200)
  })

  it.each(['null', '[]', '"evt"', '7'])('refuses the signed body %s with 400', async (payload) => {
    const signature = new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })
    const answer = await fetch(`${platform.siteUrl}/stripe_webhook`, {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body: payload,
    })
    expect(answer.status).toBe(400)
  })

  it('W1 answers other methods with 405 and says which it takes', async () => {
    const answer = await fetch(`${platform.siteUrl}/stripe_webhook`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('W5 answers 503 while it has no secret to verify with', async () => {
    expectErrors()
    const secret = process.env.STRIPE_WEBHOOK_SECRET
    for (const broken of ['', '   ', 'undefined']) {
      process.env.STRIPE_WEBHOOK_SECRET = broken
      expect((await deliver({ secret: broken || 'x' })).status).toBe(503)
    }
    process.env.STRIPE_WEBHOOK_SECRET = secret
    expect(await jobs()).toEqual([])
  })

  it('W6 refuses a body of over a mebibyte with 413', async () => {
    expect((await deliver({ change: (body) => body + ' '.repeat(1_048_576) })).status).toBe(413)
  })

  it.each([
    ['W8 a type that it does not know', { type: 'balance.available', data: { object: {} } }],
    ['W9 the other mode', { livemode: true }],
    ['W9 a connected account', { account: 'acct_1' }],
    [
      'a refund without a payment intent',
      { type: 'refund.created', data: { object: { id: 're_1', payment_intent: null } } },
    ],
  ])('acknowledges %s and ignores it', async (_name, event) => {
    expect((await deliver({ event })).status).toBe(200)
    expect(await jobs()).toEqual([])
  })

  it('W12 takes a thin event as a notification, under the id that its snapshot has', async () => {
    const event = {
      id: 'evt_test_thin1',
      object: 'v2.core.event',
      type: 'v1.checkout.session.completed',
      snapshot_event: id,
      related_object: { id: sessionId },
      data: undefined,
    }
    expect((await deliver({ event })).status).toBe(200)
    expect(await jobs()).toMatchObject([{ state: 'open', payload: { stripe_session_id: sessionId } }])
  })

  it('F03 leaves a mark when nobody answers the poke', async () => {
    platform.store.state.pokeStatus = 500
    expect((await deliver()).status).toBe(200)
    expect(await platform.app().waker.listMarks()).not.toEqual([])
  })

  it('F03 answers 503 when neither a poke nor a mark works, so that Stripe delivers again', async () => {
    expectErrors()
    platform.store.state.pokeStatus = 500
    const context = process.env.NETLIFY_BLOBS_CONTEXT
    const nowhere = { siteID: 'test', token: 'x', edgeURL: 'http://localhost:1', uncachedEdgeURL: 'http://localhost:1' }
    setEnvironmentContext({ ...nowhere, deployID: 'test', primaryRegion: 'us-east-2' })
    const answer = await deliver()
    process.env.NETLIFY_BLOBS_CONTEXT = context
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 30])
  })

  it('wakes again for a delivery that it knows, and revives its dead job', async () => {
    await deliver()
    const pokes = platform.store.state.pokes
    await deliver()
    expect(platform.store.state.pokes).toBe(pokes + 1)
    await platform.rows("update jobs set state = 'dead', finished_at = now(), attempts = 10 where id = $1", [
      `stripe:${id}`,
    ])
    await deliver()
    expect(await jobs()).toMatchObject([{ state: 'open', attempts: 0 }])
  })
})
