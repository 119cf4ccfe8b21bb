import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, click, pay, post } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

type Opened = {
  state: string
  order: { id: string; total: number; currency: string }
  downloads: { url: string; sha256: string; title: string }[]
}

async function open(sessionId: string): Promise<{ status: number; body: Opened }> {
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  return { status: answer.status, body: (await answer.json()) as Opened }
}

describe('a sale', () => {
  it('leads from the click through the payment to one order, one receipt and the very bytes of the file', async () => {
    const { answer, url, sessionId } = await click(platform, 'book')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-claim=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    )
    const paid = await pay(url)
    expect(paid.headers.get('location')).toBe(`${platform.siteUrl}/success/?session_id=${sessionId}`)
    await platform.work()

    const orders = await platform.rows<{ id: string }>(
      'select id, status, email, stripe_email, amount_total::int as total, currency from orders where stripe_session_id = $1',
      [sessionId],
    )
    expect(orders).toEqual([
      {
        id: expect.stringMatching(/^ord_/),
        status: 'paid',
        email: 'buyer@example.com',
        stripe_email: expect.any(String),
        total: 1900,
        currency: 'eur',
      },
    ])
    const orderId = orders[0]?.id ?? ''
    expect(
      await platform.rows(
        'select product_id, title, quantity, unit_amount::int as unit_amount from order_items where order_id = $1',
        [orderId],
      ),
    ).toEqual([{ product_id: 'prd_book', title: 'A Book & More', quantity: 1, unit_amount: 1900 }])
    const mails = (await platform.mails()).filter(
      ({ to, text }) => to[0] === 'buyer@example.com' && text.includes(orderId),
    )
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ to: ['buyer@example.com'], idempotency_key: `receipt:${orderId}` })
    expect(mails[0]?.html).toContain('A Book &amp; More')
    expect(mails[0]?.text).toContain('€19.00')

    const { status, body } = await open(sessionId)
    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'paid', order: { id: orderId, total: 1900, currency: 'eur' } })
    const file = await fetch(body.downloads[0]?.url ?? '')
    expect(file.status).toBe(200)
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-disposition': `attachment; filename="Gro__e _ 1.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%93%201.pdf`,
      'content-length': String(BOOK.bytes.byteLength),
      'cache-control': 'private, no-store',
      etag: `"${BOOK.sha256}"`,
    })
    expect(
      createHash('sha256')
        .update(await file.bytes())
        .digest('hex'),
    ).toBe(BOOK.sha256)
  })

  it('shows the files within a second of paying, though no worker has run', async () => {
    const sessionId = await buy(platform, 'book')
    expect((await open(sessionId)).body.state).toBe('paid')
    await platform.work()
    expect(await platform.rows('select 1 from orders where stripe_session_id = $1', [sessionId])).toHaveLength(1)
    expect(
      await platform.rows(
        "select 1 from emails e join orders o on o.id = e.order_id where stripe_session_id = $1 and e.kind = 'receipt' and e.sent_at is not null",
        [sessionId],
      ),
    ).toHaveLength(1)
  })

  it('gives one session to five clicks of one browser within two minutes', async () => {
    const { answer } = await click(platform, 'print')
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const clicks = await Promise.all(Array.from({ length: 5 }, () => click(platform, 'print', { cookie })))
    // The first click had no cookie, so its claim is the one that it was given; a bucket may end between two clicks.
    expect(new Set(clicks.map(({ sessionId }) => sessionId)).size).toBeLessThanOrEqual(2)
    expect(clicks[0]?.answer.headers.get('set-cookie')).toContain(cookie)
  })

  it('sells a basket of several products, priced from the database, as one order', async () => {
    const items = [
      { slug: 'book', quantity: 2 },
      { slug: 'print', quantity: 1, seen_unit_amount: 2500 },
      { slug: 'book', quantity: 1 },
    ]
    const answer = await post(platform, '/create_checkout_session', { items })
    expect(answer.status).toBe(201)
    const { url } = (await answer.json()) as { url: string }
    await pay(url)
    await platform.work()
    const [order] = await platform.rows(
      'select status, amount_total::int as total from orders where stripe_session_id = $1',
      [/cs_test_\w+/.exec(url)?.[0]],
    )
    expect(order).toEqual({ status: 'paid', total: 3 * 1900 + 2500 })
  })

  it('gives a free product away with an order and a receipt, and without a payment', async () => {
    const sessionId = await buy(platform, 'free')
    await platform.work()
    const [order] = await platform.rows(
      'select status, stripe_payment_intent_id as intent from orders where stripe_session_id = $1',
      [sessionId],
    )
    expect(order).toEqual({ status: 'paid', intent: null })
    expect(await platform.mails()).toContainEqual(expect.objectContaining({ subject: 'Your order from North Window' }))
  })

  it('says processing for a payment that is still on its way, and expired for a session that has run out', async () => {
    const { sessionId } = await click(platform, 'book')
    expect(await open(sessionId)).toMatchObject({ status: 202, body: { state: 'processing' } })
    const { url, sessionId: delayed } = await click(platform, 'yen')
    await pay(url, { card: 'AT611904300234573201' })
    expect(await open(delayed)).toMatchObject({ status: 202, body: { state: 'processing' } })
    expect(await open('cs_test_thisOneIsUnknown')).toMatchObject({ status: 404 })
  })

  it('takes the link of the receipt as well, and no forged one', async () => {
    const sessionId = await buy(platform, 'book')
    await platform.work()
    const mail = (await platform.mails()).find(({ text }) => text.includes('access='))
    const access = /access=([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const answer = await post(platform, '/get_entitlements', { access })
    const [order] = await platform.rows<{ id: string }>('select id from orders where stripe_session_id = $1', [
      sessionId,
    ])
    expect(await answer.json()).toMatchObject({ state: 'paid', order: { id: order?.id } })
    expect((await post(platform, '/get_entitlements', { access: `${access.slice(0, -3)}abc` })).status).toBe(401)
    await platform.rows('update orders set access_epoch = 2 where id = $1', [order?.id])
    expect((await post(platform, '/get_entitlements', { access })).status).toBe(404)
  })
})
