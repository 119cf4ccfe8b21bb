import { randomBytes } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { openForeignSession } from '../simulator/stock.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform, WEBHOOK_SECRET } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, pay } from '../support/sale.ts'

let platform: TestPlatform
let lines: MockInstance[]

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
beforeEach(() => {
  lines = (['info', 'warn'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => undefined))
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What was logged under this name. */
const said = (event: string) =>
  lines
    .flatMap(({ mock }) => mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>))
    .filter((line) => line.event === event)

type Event = { id?: string; type?: string; object?: object; livemode?: boolean; account?: string }

function deliver({
  id = newId(),
  type = 'checkout.session.completed',
  object = {},
  ...more
}: Event): Promise<Response> {
  const payload = JSON.stringify({ id, object: 'event', type, livemode: false, data: { object }, ...more })
  const signature = new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  return fetch(`${platform.siteUrl}/stripe_webhook`, { method: 'POST', headers, body: payload })
}

function newId(): string {
  return `evt_${randomBytes(8).toString('hex')}`
}

const count = async (text: string, params: unknown[] = []) =>
  (await platform.rows<{ n: number }>(`select count(*)::int as n from ${text}`, params))[0]?.n
const ordersAndMails = async () => [await count('orders'), await count('emails')]

describe('POST /stripe_webhook', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('W1 answers %s with 405 and Allow', async (method) => {
    const answer = await fetch(`${platform.siteUrl}/stripe_webhook`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  })

  it.each([
    ['a type that is not known', { type: 'terminal.reader.exploded', object: { id: 'cs_test_1' } }, 'unknown_type'],
    ['a type with a twist', { type: 'checkout.session.completed ', object: { id: 'cs_test_1' } }, 'unknown_type'],
    ['a type that is a property of every object', { type: '__proto__', object: { id: 'x' } }, 'unknown_type'],
    ['an object without an id', { object: { status: 'teleported' } }, 'no_reference'],
    ['an id that is no id', { object: { id: "x' or 1=1--" } }, 'no_reference'],
  ])('W8 acknowledges %s, writes nothing, and counts it in the log', async (_what, event, why) => {
    const before = [await count('jobs'), ...(await ordersAndMails())]
    const id = newId()
    expect((await deliver({ id, ...event })).status).toBe(200)
    expect([await count('jobs'), ...(await ordersAndMails())]).toEqual(before)
    expect(said('event_ignored')).toMatchObject([{ event_id: id, why }])
  })

  it('W8 reads no value of the event but ids: an unknown state in it changes nothing', async () => {
    const sessionId = await buy(platform, 'book')
    const id = newId()
    const object = { id: sessionId, status: 'teleported', payment_status: 'in_gold', currency: 'xau', amount_total: -1 }
    expect((await deliver({ id, object })).status).toBe(200)
    expect(await platform.rows('select payload from jobs where id = $1', [`stripe:${id}`])).toEqual([
      { payload: { stripe_session_id: sessionId } },
    ])
    await platform.work()
    expect(
      await platform.rows('select status, amount_total::int as total from orders where stripe_session_id = $1', [
        sessionId,
      ]),
    ).toEqual([{ status: 'paid', total: 1900 }])
  })

  it.each([
    ['of the other mode', { livemode: true }, 'other_mode', 'Stripe’s other mode'],
    ['of a connected account', { account: 'acct_1' }, 'other_account', 'another Stripe account'],
  ])('W9 acknowledges an event %s, ignores it, and tells the seller once', async (_what, event, why, words) => {
    const sessionId = await buy(platform, 'book')
    await platform.work()
    const jobs = await count('jobs')
    for (let i = 0; i < 3; i++) expect((await deliver({ ...event, object: { id: sessionId } })).status).toBe(200)
    await platform.store.settled()
    expect(said('event_ignored')).toHaveLength(3)
    const mails = await platform.rows<{ id: string }>(
      "select id from emails where id like 'seller_misdirected_events:' || $1 || ':%'",
      [why],
    )
    expect([await count('jobs'), mails.length]).toEqual([(jobs ?? 0) + 1, 1])
    await platform.work()
    const told = (await platform.mails()).filter(({ idempotency_key: key }) => key === mails[0]?.id)
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining(words)])
  })

  it('W10 takes a session of another program of the same account, and finds nothing in it that is ours', async () => {
    const sessionId = await openForeignSession(platform)
    const before = await ordersAndMails()
    const id = newId()
    expect((await deliver({ id, object: { id: sessionId } })).status).toBe(200)
    await pay(`${platform.servicesUrl}/checkout/${sessionId}`)
    await platform.work()
    expect(await ordersAndMails()).toEqual(before)
    expect(said('nothing_to_write')).toContainEqual(
      expect.objectContaining({ job_id: `stripe:${id}`, why: 'not_ours' }),
    )
    expect(await platform.rows('select state from jobs where id = $1', [`stripe:${id}`])).toEqual([{ state: 'done' }])
  })

  it('W10 does nothing for a payment intent that no checkout session made: a Payment Link, an invoice', async () => {
    const before = await ordersAndMails()
    const id = newId()
    const object = { id: 'ch_test_1', payment_intent: 'pi_test_ofNoSession' }
    expect((await deliver({ id, type: 'charge.refunded', object })).status).toBe(200)
    await platform.work()
    expect(await ordersAndMails()).toEqual(before)
    expect(await platform.rows('select state from jobs where id = $1', [`stripe:${id}`])).toEqual([{ state: 'done' }])
  })
})

type StoredSession = { id: string; customer_details: object | null }

/** A sale whose session says this address: Stripe has been known to hand out what no mail can be sent to. */
async function buyAs(email: string | null): Promise<string> {
  const sessionId = await buy(platform, 'book')
  const sessions = platform.ledger.list<StoredSession>('stripe.sessions')
  const session = sessions.find(({ id }) => id === sessionId)
  if (!session) throw new Error('Stripe does not know the session')
  const customer_details = { ...session.customer_details, email }
  platform.ledger.put('stripe.sessions', sessionId, { ...session, customer_email: null, customer_details })
  await platform.work()
  return sessionId
}

describe('the address that a buyer gave to Stripe', () => {
  const domain = `${Array(3).fill('d'.repeat(60)).join('.')}.example`
  const longest = `@${domain}`.padStart(254, 'a')
  it.each([
    ['of 254 characters gets its mail', longest, true],
    ['of 300 characters keeps the order, and its mail becomes a dead letter', longest.padStart(300, 'x'), false],
    ['that is missing keeps the order', null, false],
    ['with a line break and a header', 'a@example.com\r\nBcc: victim@example.com', false],
    ['with a second recipient', 'a@example.com, victim@example.com', false],
    ['with a name around it', 'Victim <victim@example.com>', false],
  ])('W15 %s', async (_what, email, isMailable) => {
    expectErrors()
    const sessionId = await buyAs(email)
    const [order] = await platform.rows<{ id: string }>(
      'select id, status, email from orders where stripe_session_id = $1',
      [sessionId],
    )
    expect(order).toMatchObject({ status: 'paid', email: isMailable ? email : null })
    const receipt = await platform.rows('select state from jobs where id = $1', [`mail:receipt:${order?.id}`])
    expect(receipt).toEqual([{ state: isMailable ? 'done' : 'dead' }])
    const to = (await platform.mails()).flatMap((mail) => mail.to)
    for (const address of to) expect(address).not.toMatch(/[\r\n,<]|victim/)
  })
})
