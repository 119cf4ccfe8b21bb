import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrdersPage } from '../../shop/orders/listed-order.ts'
import type { GatheredOrder } from '../../shop/orders/order-timeline.ts'
import type { RefundAnswer } from '../../shop/orders/wanted-refund.ts'
import { signInAsAdmin } from '../support/admin.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, pay, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
let cookie: string
let stripe: Stripe
const SELLER = 'seller@example.com'

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  cookie = await signInAsAdmin(platform, SELLER)
  const { hostname, port } = new URL(platform.servicesUrl)
  stripe = new Stripe('sk_test_0123456789abcdef', { host: hostname, port, protocol: 'http' })
})
afterAll(() => platform.close())

async function ask<Answer>(door: string, body: object): Promise<{ status: number; body: Answer }> {
  const answer = await postAs(platform, door, body, { cookie })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

let number = 0
const requestId = () => `rfq_test${++number}`
const order = async (order_id: string) => (await ask<GatheredOrder>('/admin_order', { order_id })).body
const refund = (order_id: string, wish: object | string, rest: object = {}) =>
  ask<RefundAnswer & { state: string }>('/admin_refund', { order_id, wish, request_id: requestId(), seen: 0, ...rest })
const atStripe = async (sessionId: string) => {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
  const { data } = await stripe.refunds.list({ payment_intent: String(payment_intent) })
  return data.map(({ amount }) => amount)
}

/** A basket of a book for 19.00 and a print for 25.00. */
async function sellBasket(email: string) {
  const items = [
    { slug: 'book', quantity: 1 },
    { slug: 'print', quantity: 1 },
  ]
  const begun = await post(platform, '/create_checkout_session', { items })
  const { url } = (await begun.json()) as { url: string }
  await pay(url, { email })
  await platform.work()
  const [row] = await platform.rows<{ id: string; session: string }>(
    'select id, stripe_session_id as session from orders where email = $1',
    [email],
  )
  if (!row) throw new Error('the order was not written')
  const found = await order(row.id)
  const item = (title: string) => found.items.find((one) => one.title === title)?.id ?? ''
  return { orderId: row.id, sessionId: row.session, book: item('A Book & More'), print: item('A Print') }
}

describe('the list of orders', () => {
  it('finds an order by its id, its session, its payment, and by its address or the beginning of it', async () => {
    const { orderId, sessionId } = await sell(platform, 'Found.One@example.com')
    const { order: found } = await order(orderId)
    const searches = [orderId, sessionId, found.stripe_payment_intent_id ?? '', 'found.one@EXAMPLE.com', ' found.o']
    for (const search of searches) {
      const { body } = await ask<OrdersPage>('/admin_orders', { search })
      expect(
        body.orders.map(({ id }) => id),
        search,
      ).toEqual([orderId])
    }
    for (const search of ['ound.one@example.com', 'ord_nothing', 'cs_nothing', 'pi_nothing', '%', '_', '\\'])
      expect((await ask<OrdersPage>('/admin_orders', { search })).body.orders, search).toEqual([])
  })

  it('finds an order by the address that was typed at Stripe, after it was corrected', async () => {
    const { orderId } = await sell(platform, 'Tpyo@example.com')
    const change = { order_id: orderId, action: 'set_email', email: 'typo@example.com' }
    expect((await ask('/admin_change_order', change)).status).toBe(200)
    for (const search of ['tpyo@example.com', 'tpyo', 'typo@example.com'])
      expect((await ask<OrdersPage>('/admin_orders', { search })).body.orders.map(({ id }) => id)).toEqual([orderId])
  })

  it('shows one state, and pages through all orders without losing or repeating one', async () => {
    const app = platform.app()
    const { listOrders } = await import('../../shop/orders/list-orders.ts')
    const ids: string[] = []
    let after: string | null = null
    do {
      const page: OrdersPage = await listOrders(app, { search: '', status: null, after, limit: 1 })
      ids.push(...page.orders.map(({ id }) => id))
      after = page.next
    } while (after)
    const all = await platform.rows<{ id: string }>('select id from orders order by created_at desc, id desc')
    expect(ids).toEqual(all.map(({ id }) => id))
    const { body } = await ask<OrdersPage>('/admin_orders', { status: 'refunded' })
    expect(body.orders.every(({ status }) => status === 'refunded')).toBe(true)
  })
})

describe('an order', () => {
  it('tells everything that happened to it, in order', async () => {
    const { orderId, sessionId } = await sell(platform, 'history@example.com')
    const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
    const { downloads } = (await answer.json()) as { downloads: { url: string }[] }
    await (await fetch(downloads[0]?.url ?? '')).arrayBuffer()
    await refund(orderId, { amount: 500 })
    await platform.stripe.deliverDue()
    await platform.work()
    const { timeline, stripe_url, rest } = await order(orderId)
    expect([...new Set(timeline.map(({ kind }) => kind))].sort()).toEqual(
      ['download', 'event', 'job', 'mail', 'order', 'paid', 'refund', 'request'].sort(),
    )
    expect(timeline.filter(({ kind }) => kind === 'mail').map(({ about }) => about)).toEqual(
      expect.arrayContaining(['receipt', 'seller_sale', 'refund']),
    )
    expect(timeline.map(({ at }) => Date.parse(at))).toEqual(
      timeline.map(({ at }) => Date.parse(at)).sort((a, b) => a - b),
    )
    expect(stripe_url).toMatch(/^https:\/\/dashboard\.stripe\.com\/test\/payments\/pi_/)
    expect(rest).toBe(1400)
  })

  it('is nobody’s when there is none', async () => {
    expect((await ask('/admin_order', { order_id: 'ord_nobodys' })).status).toBe(404)
  })
})

describe('a refund by the seller', () => {
  it('of everything pays everything back, once, and closes the order at once', async () => {
    const { orderId, sessionId } = await sell(platform, 'whole@example.com')
    const answer = await refund(orderId, 'rest')
    expect(answer).toMatchObject({ status: 200, body: { state: 'made', status: 'succeeded' } })
    expect((await order(orderId)).order).toMatchObject({ status: 'refunded', amount_refunded: 1900 })
    expect(await atStripe(sessionId)).toEqual([1900])
    expect(await refund(orderId, 'rest', { seen: 1900 })).toMatchObject({
      status: 409,
      body: { state: 'nothing_left' },
    })
    expect(await platform.rows('select actor, change from order_changes where order_id = $1', [orderId])).toEqual([
      { actor: SELLER, change: { refund: { request: expect.any(String), amount: 1900, currency: 'eur' } } },
    ])
  })

  it('of an item closes that item alone, and the mail goes out', async () => {
    const { orderId, sessionId, book, print } = await sellBasket('items@example.com')
    expect(await refund(orderId, { item_ids: [print] })).toMatchObject({ body: { state: 'made' } })
    const { items, order: after } = await order(orderId)
    expect(items.filter(({ refunded_at }) => refunded_at !== null).map(({ id }) => id)).toEqual([print])
    expect(after).toMatchObject({ status: 'partially_refunded', amount_refunded: 2500 })
    expect(await atStripe(sessionId)).toEqual([2500])
    const again = await refund(orderId, { item_ids: [print] }, { seen: 2500 })
    expect(again).toMatchObject({ status: 409, body: { state: 'item_refunded' } })
    const strange = await refund(orderId, { item_ids: ['itm_strange'] }, { seen: 2500 })
    expect(strange).toMatchObject({ status: 409, body: { state: 'no_such_item' } })
    await platform.work()
    expect(
      (await platform.mails()).some(({ to, subject }) => to[0] === 'items@example.com' && /refund/i.test(subject)),
    ).toBe(true)
    expect(await refund(orderId, { item_ids: [book] }, { seen: 2500 })).toMatchObject({ body: { state: 'made' } })
    expect((await order(orderId)).order.status).toBe('refunded')
  })

  it('of an amount leaves access as it is, also when an item costs just as much', async () => {
    const { orderId, book } = await sellBasket('amount@example.com')
    expect(await refund(orderId, { amount: 1900 })).toMatchObject({ body: { state: 'made' } })
    const { items } = await order(orderId)
    expect(items.find(({ id }) => id === book)?.refunded_at).toBeNull()
  })

  it('of more than is left is refused, and nothing moves', async () => {
    const { orderId, sessionId } = await sell(platform, 'more@example.com')
    expect(await refund(orderId, { amount: 1901 })).toMatchObject({ status: 409, body: { state: 'too_much' } })
    await refund(orderId, { amount: 1000 })
    expect(await refund(orderId, { amount: 901 }, { seen: 1000 })).toMatchObject({ body: { state: 'too_much' } })
    expect(await atStripe(sessionId)).toEqual([1000])
    expect(
      (await ask('/admin_refund', { order_id: orderId, wish: { amount: 0 }, request_id: requestId(), seen: 0 })).status,
    ).toBe(400)
    expect(
      (await ask('/admin_refund', { order_id: orderId, wish: { amount: -5 }, request_id: requestId(), seen: 0 }))
        .status,
    ).toBe(400)
  })

  it('happens once however often the same press arrives, at once or later', async () => {
    const { orderId, sessionId } = await sell(platform, 'twice@example.com')
    const press = { order_id: orderId, wish: { amount: 700 }, request_id: requestId(), seen: 0 }
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask<RefundAnswer>('/admin_refund', press)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await ask('/admin_refund', press)).toMatchObject({ status: 200, body: { state: 'made' } })
    expect(await atStripe(sessionId)).toEqual([700])
    expect((await order(orderId)).order.amount_refunded).toBe(700)
  })

  it('by two people at once is one refund; the other is told', async () => {
    const { orderId, sessionId } = await sell(platform, 'two@example.com')
    const answers = await Promise.all([
      refund(orderId, 'rest'),
      refund(orderId, { amount: 1900 }),
      refund(orderId, 'rest'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await atStripe(sessionId)).toEqual([1900])
  })

  it('from a page that has not seen the last refund is refused', async () => {
    const { orderId, sessionId } = await sell(platform, 'stale@example.com')
    await refund(orderId, { amount: 300 })
    expect(await refund(orderId, { amount: 400 }, { seen: 0 })).toMatchObject({
      status: 409,
      body: { state: 'changed' },
    })
    expect(await atStripe(sessionId)).toEqual([300])
  })

  it('of the same once more within a day asks whether that is meant', async () => {
    const { orderId, sessionId } = await sell(platform, 'again@example.com')
    await refund(orderId, { amount: 300 })
    expect(await refund(orderId, { amount: 300 }, { seen: 300 })).toMatchObject({ body: { state: 'repeated' } })
    expect(await refund(orderId, { amount: 300 }, { seen: 300, again: true })).toMatchObject({
      body: { state: 'made' },
    })
    expect(await atStripe(sessionId)).toEqual([300, 300])
  })

  it('that Stripe makes without being able to say so is found, not made again, by the queue', async () => {
    expectErrors()
    const { orderId, sessionId } = await sell(platform, 'lost@example.com')
    // The SDK asks twice itself.
    platform.faults.put({ service: 'stripe', mode: 'accept_then_reset', count: 2, path: '/v1/refunds' })
    const lost = await refund(orderId, { amount: 800 })
    platform.faults.put({ service: 'stripe', mode: 'accept_then_reset', count: 0 })
    expect(lost).toMatchObject({ status: 200, body: { state: 'open' } })
    expect(await refund(orderId, { amount: 100 })).toMatchObject({ status: 409, body: { state: 'under_way' } })
    await platform.pglite.exec(`update jobs set due_at = now() where kind = 'make_refund' and state = 'open'`)
    await platform.work()
    expect(await atStripe(sessionId)).toEqual([800])
    expect((await order(orderId)).requests).toMatchObject([{ state: 'made', amount: 800 }])
    expect((await order(orderId)).order.amount_refunded).toBe(800)
  })

  it('that Stripe refuses says why in Stripe’s words, and frees the order', async () => {
    const sessionId = await buy(platform, 'book', { email: 'disputed@example.com', card: '4000000000000259' })
    await platform.pass(60)
    await platform.work()
    const [row] = await platform.rows<{ id: string }>('select id from orders where stripe_session_id = $1', [sessionId])
    const answer = await refund(row?.id ?? '', 'rest')
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'refused', reason: expect.stringContaining('charged back') },
    })
    expect(await atStripe(sessionId)).toEqual([])
    expect(await order(row?.id ?? '')).toMatchObject({ rest: 1900, requests: [{ state: 'refused' }] })
  })

  it.each([
    ['4000000000007726', 'pending', 'succeeded'],
    ['4000000000005126', 'succeeded', 'failed'],
  ])('on the card %s is %s at first, and %s in the end', async (card, first, last) => {
    const email = `${first}-${last}@example.com`
    const sessionId = await buy(platform, 'book', { email, card })
    await platform.work()
    const [row] = await platform.rows<{ id: string }>('select id from orders where stripe_session_id = $1', [sessionId])
    expect(await refund(row?.id ?? '', { amount: 900 })).toMatchObject({ body: { state: 'made', status: first } })
    await platform.pass(10)
    await platform.work()
    const after = await order(row?.id ?? '')
    expect(after.refunds).toMatchObject([{ status: last }])
    expect(after.rest).toBe(last === 'failed' ? 1900 : 1000)
  })

  it('of a free order, of one that is not paid and of none is refused', async () => {
    const { orderId } = await sell(platform, 'free@example.com', 'free')
    expect(await refund(orderId, 'rest')).toMatchObject({ status: 409, body: { state: 'nothing_left' } })
    expect((await refund('ord_nobodys', 'rest')).status).toBe(404)
  })
})

describe('what else the seller does', () => {
  it('sends a receipt again, once for each press, under a key of its own', async () => {
    const { orderId } = await sell(platform, 'receipt@example.com')
    const press = { order_id: orderId, action: 'send_receipt', request_id: requestId() }
    const statuses = await Promise.all([1, 2].map(async () => (await ask('/admin_change_order', press)).status))
    expect(statuses).toEqual([200, 200])
    await platform.work()
    const mails = (await platform.mails()).filter(
      ({ to, subject }) => to[0] === 'receipt@example.com' && /receipt/i.test(subject),
    )
    expect(mails.map(({ idempotency_key }) => idempotency_key).sort()).toEqual(
      [`receipt:${orderId}`, `receipt:${orderId}:resend:${press.request_id}`].sort(),
    )
    expect(await platform.rows('select actor, change from order_changes where order_id = $1', [orderId])).toEqual([
      { actor: SELLER, change: { receipt: 'sent again' } },
    ])
  })

  it('takes access to an item away and gives it back, at once, and notes who did', async () => {
    const { orderId, itemId, sessionId } = await sell(platform, 'revoked@example.com')
    const files = async () => {
      const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
      return ((await answer.json()) as { downloads?: unknown[] }).downloads?.length ?? 0
    }
    const change = { order_id: orderId, item_id: itemId }
    expect(await files()).toBe(1)
    expect((await ask('/admin_change_order', { ...change, action: 'revoke' })).status).toBe(200)
    expect(await files()).toBe(0)
    expect((await ask('/admin_change_order', { ...change, action: 'revoke' })).status).toBe(200)
    expect((await ask('/admin_change_order', { ...change, action: 'restore' })).status).toBe(200)
    expect(await files()).toBe(1)
    expect(
      await platform.rows('select actor, change from order_changes where order_id = $1 order by id', [orderId]),
    ).toEqual([
      { actor: SELLER, change: { revoked: 'A Book & More' } },
      { actor: SELLER, change: { restored: 'A Book & More' } },
    ])
    const stranger = { order_id: orderId, item_id: 'itm_strange', action: 'revoke' }
    expect((await ask('/admin_change_order', stranger)).status).toBe(404)
  })

  it('compares an order with Stripe at once, and notes who did', async () => {
    const { orderId, sessionId } = await sell(platform, 'sync@example.com')
    const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
    await stripe.refunds.create({ payment_intent: String(payment_intent), amount: 400 })
    expect(await ask('/admin_sync', { order_id: orderId })).toMatchObject({
      body: { kind: 'written', status: 'partially_refunded' },
    })
    const { changes, order: after } = await order(orderId)
    expect(after.amount_refunded).toBe(400)
    expect(changes).toMatchObject([{ actor: SELLER, change: { synced: true } }])
  })

  it('notes under an address who has mended another', async () => {
    const { orderId } = await sell(platform, 'mend@example.com')
    await ask('/admin_change_order', { order_id: orderId, action: 'set_email', email: 'mended@example.com' })
    expect((await order(orderId)).changes).toMatchObject([{ actor: SELLER }])
    const same = await ask('/admin_change_order', {
      order_id: orderId,
      action: 'set_email',
      email: 'Mended@example.com',
    })
    expect(same).toMatchObject({ status: 409, body: { state: 'same_email' } })
  })
})
