import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import shop from '../../shop.config.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, pay, post } from '../support/sale.ts'

let platform: TestPlatform
const asConfigured = { ...shop.checkout }

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  await platform.rows(`insert into products (id, slug, type, status, title, unit_amount, currency) values
    ('prd_dinar', 'dinar', 'direct', 'published', 'In Dinars', 5120, 'kwd'),
    ('prd_oddly', 'odd', 'direct', 'published', 'In odd Fils', 5125, 'kwd')`)
})
afterAll(() => platform.close())
afterEach(() => void Object.assign(shop.checkout, asConfigured))

const switchOn = (wishes: Partial<typeof shop.checkout>) => void Object.assign(shop.checkout, wishes)

/** Asks the emulator as Stripe's dashboard would. */
async function stripe(path: string, fields?: Record<string, string>) {
  const headers = { authorization: 'Bearer sk_test_0123456789abcdef' }
  const request = fields ? { method: 'POST', body: new URLSearchParams(fields), headers } : { headers }
  const answer = await fetch(`${platform.servicesUrl}/v1${path}`, request)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}

async function makeCode(code: string, percent: number): Promise<void> {
  const coupon = await stripe('/coupons', { percent_off: String(percent), duration: 'once' })
  await stripe('/promotion_codes', { code, 'promotion[type]': 'coupon', 'promotion[coupon]': String(coupon.id) })
}

/** Opens the payment page for a basket. */
async function checkOut(...items: [slug: string, quantity: number][]) {
  const basket = { items: items.map(([slug, quantity]) => ({ slug, quantity })) }
  const answer = await post(platform, '/create_checkout_session', basket)
  const { url } = (await answer.json()) as { url: string }
  const sessionId = /cs_test_\w+/.exec(url)?.[0] ?? ''
  return { url, sessionId, session: await stripe(`/checkout/sessions/${sessionId}`) }
}

type Item = { title: string; unit_amount: number; quantity: number; discount: number; tax: number; total: number }
type Order = { id: string; status: string; subtotal: number; discount: number; tax: number; total: number }

/** The one order of a paid session, its lines in the order of the basket, and the one mail to its buyer. */
async function orderOf(sessionId: string, email: string) {
  await platform.work()
  const orders = await platform.rows<Order>(
    `select id, status, amount_subtotal::int as subtotal, amount_discount::int as discount, amount_tax::int as tax,
       amount_total::int as total from orders where stripe_session_id = $1`,
    [sessionId],
  )
  const items = await platform.rows<Item>(
    `select i.title, i.unit_amount::int as unit_amount, i.quantity, i.amount_discount::int as discount, i.amount_tax::int as tax,
       i.amount_total::int as total from order_items i join orders o on o.id = i.order_id
     where o.stripe_session_id = $1 order by i.title`,
    [sessionId],
  )
  const mails = (await platform.mails()).filter(({ to }) => to[0] === email)
  expect([orders.length, mails.length]).toEqual([1, 1])
  const [order] = orders
  if (!order) throw new Error('no order')
  const sum = (read: (item: Item) => number) => items.reduce((total, item) => total + read(item), 0)
  expect([sum((item) => item.discount), sum((item) => item.tax), sum((item) => item.total)]).toEqual([
    order.discount,
    order.tax,
    order.total,
  ])
  return { order, items, text: (mails[0]?.text ?? '').replaceAll('\u00a0', ' ') }
}

async function payFor(url: string, fields: Record<string, string>): Promise<void> {
  const paid = await pay(url, fields)
  if (paid.status !== 303) throw new Error(`the payment page answered ${paid.status}: ${await paid.text()}`)
}

describe('what a seller switches on in shop.config.ts checkout', () => {
  it('is off unless they do: Stripe is asked for none of it', async () => {
    const { session } = await checkOut(['book', 1])
    expect(session).toMatchObject({
      allow_promotion_codes: null,
      automatic_tax: { enabled: false },
      invoice_creation: { enabled: false },
      consent_collection: null,
    })
  })

  it('a product for nothing asks for no card, and gives order, receipt and files', async () => {
    const { url, sessionId } = await click(platform, 'free?seen=0-eur')
    expect(await (await fetch(url)).text()).not.toContain('name="card"')
    await payFor(url, { email: 'nothing@example.com', card: '' })
    const { order, text } = await orderOf(sessionId, 'nothing@example.com')
    expect(order).toMatchObject({ status: 'paid', subtotal: 0, total: 0 })
    expect(text).toContain('Total: €0.00')
    expect(await stripe(`/checkout/sessions/${sessionId}`)).toMatchObject({
      payment_status: 'no_payment_required',
      payment_intent: null,
    })
    const opened = await post(platform, '/get_entitlements', { session_id: sessionId })
    expect([opened.status, ((await opened.json()) as { downloads: unknown[] }).downloads.length]).toEqual([200, 1])
  })

  it('a code for all of it leaves nothing to pay, and the order is as good as a paid one', async () => {
    switchOn({ promotionCodes: true })
    await makeCode('WHOLE', 100)
    const { url, sessionId } = await checkOut(['book', 1])
    await payFor(url, { email: 'whole@example.com', card: '', promotion_code: 'whole' })
    const { order, items, text } = await orderOf(sessionId, 'whole@example.com')
    expect(order).toMatchObject({ status: 'paid', subtotal: 1900, discount: 1900, total: 0 })
    expect(items).toMatchObject([{ unit_amount: 1900, discount: 1900, total: 0 }])
    expect(text).toContain('Discount: −€19.00\nTotal: €0.00')
    expect((await post(platform, '/get_entitlements', { session_id: sessionId })).status).toBe(200)
  })

  it('a code over a basket comes off every line, to the cent', async () => {
    switchOn({ promotionCodes: true })
    await makeCode('THIRD', 33.3)
    const { url, sessionId } = await checkOut(['book', 2], ['print', 1], ['free', 1])
    await payFor(url, { email: 'third@example.com', promotion_code: 'THIRD' })
    const { order, items, text } = await orderOf(sessionId, 'third@example.com')
    // 33.3 % of 63.00 is 20.979, which is 20.98.
    expect(order).toMatchObject({ status: 'paid', subtotal: 6300, discount: 2098, tax: 0, total: 4202 })
    expect(items).toMatchObject([
      { title: 'A Book & More', quantity: 2, unit_amount: 1900, discount: 1266, total: 2534 },
      { title: 'A Print', quantity: 1, unit_amount: 2500, discount: 832, total: 1668 },
      { title: 'A Sample', quantity: 1, unit_amount: 0, discount: 0, total: 0 },
    ])
    expect(text).toContain('A Book & More (2 × €19.00): €38.00\n  Discount −€12.66')
    expect(text).toContain('A Print: €25.00\n  Discount −€8.32')
    expect(text).toContain('Discount: −€20.98\nTotal paid: €42.02')
  })

  // A tenth, rounded on each line: of 38.00 and 25.00 with the tax in them 3.45 and 2.27.
  it.each([
    ['inclusive', { tax: 572, total: 6300 }, 'Tax included: €5.72\nTotal paid: €63.00', 'Tax included €3.45'],
    ['exclusive', { tax: 630, total: 6930 }, 'Tax: €6.30\nTotal paid: €69.30', 'Tax €3.80'],
  ] as const)('tax that is %s is on every line and in the sum', async (taxBehavior, amounts, totals, onBook) => {
    switchOn({ automaticTax: true, taxBehavior, taxCode: 'txcd_10302000' })
    const { url, sessionId, session } = await checkOut(['book', 2], ['print', 1])
    expect(session.automatic_tax).toMatchObject({ enabled: true })
    await payFor(url, { email: `${taxBehavior}@example.com` })
    const { order, text } = await orderOf(sessionId, `${taxBehavior}@example.com`)
    expect(order).toMatchObject({ status: 'paid', subtotal: 6300, discount: 0, ...amounts })
    expect(text).toContain(totals)
    expect(text).toContain(onBook)
  })

  it('a code and tax together agree with what was charged', async () => {
    switchOn({ promotionCodes: true, automaticTax: true, taxBehavior: 'exclusive' })
    await makeCode('FIFTH', 20)
    const { url, sessionId } = await checkOut(['book', 1], ['print', 1])
    await payFor(url, { email: 'both@example.com', promotion_code: 'FIFTH' })
    const { order, items } = await orderOf(sessionId, 'both@example.com')
    expect(order).toMatchObject({ subtotal: 4400, discount: 880, tax: 352, total: 3872 })
    expect(items).toMatchObject([
      { discount: 380, tax: 152, total: 1672 },
      { discount: 500, tax: 200, total: 2200 },
    ])
    const { payment_intent } = await stripe(`/checkout/sessions/${sessionId}`)
    expect(await stripe(`/payment_intents/${payment_intent}`)).toMatchObject({ amount_received: 3872 })
  })

  it.each([
    ['yen', 'jpy', { subtotal: 1500, discount: 495, tax: 91, total: 1005 }, 'Total paid: ¥1,005'],
    ['dinar', 'kwd', { subtotal: 5120, discount: 1690, tax: 310, total: 3430 }, 'Total paid: KWD 3.430'],
  ])('code and tax on %s, in %s, come out in its own units', async (slug, currency, amounts, totals) => {
    switchOn({ promotionCodes: true, automaticTax: true })
    await makeCode(`LESS${currency.toUpperCase()}`, 33)
    const { url, sessionId } = await checkOut([slug, 1])
    await payFor(url, { email: `${currency}@example.com`, promotion_code: `LESS${currency}` })
    const { order, text } = await orderOf(sessionId, `${currency}@example.com`)
    expect(order).toMatchObject({ status: 'paid', ...amounts })
    expect(text).toContain(totals)
  })

  it('C13 a price that no bank can move is refused by Stripe: 502 and a page, nothing begun', async () => {
    expectErrors()
    const { answer } = await click(platform, 'odd')
    expect(answer.status).toBe(502)
    expect(await answer.text()).toContain('You have not been charged')
  })

  it('asks Stripe to write an invoice', async () => {
    switchOn({ invoices: true })
    const { url, sessionId, session } = await checkOut(['book', 1])
    expect(session.invoice_creation).toMatchObject({ enabled: true })
    await payFor(url, { email: 'invoice@example.com' })
    expect((await orderOf(sessionId, 'invoice@example.com')).order).toMatchObject({ status: 'paid', total: 1900 })
  })

  it('takes no payment before the terms are agreed to', async () => {
    switchOn({ termsOfService: true })
    const { url, sessionId } = await checkOut(['book', 1])
    const refused = await pay(url, { email: 'terms@example.com' })
    expect([refused.status, await refused.text()]).toEqual([402, expect.stringContaining('accept the terms')])
    await payFor(url, { email: 'terms@example.com', terms: 'accepted' })
    expect((await orderOf(sessionId, 'terms@example.com')).order.status).toBe('paid')
    const { consent } = await stripe(`/checkout/sessions/${sessionId}`)
    expect(consent).toMatchObject({ terms_of_service: 'accepted' })
  })

  it('a basket of fifty products ends in one order', async () => {
    const slugs = Array.from({ length: 50 }, (_, i) => `many-${i}`)
    const rows = slugs.map(
      (slug, i) => `('prd_many${i}', '${slug}', 'direct', 'published', 'No. ${i}', ${100 + i}, 'eur')`,
    )
    await platform.rows(
      `insert into products (id, slug, type, status, title, unit_amount, currency) values ${rows.join()}`,
    )
    const { url, sessionId } = await checkOut(...slugs.map((slug): [string, number] => [slug, 2]))
    await payFor(url, { email: 'fifty@example.com' })
    const { order, items } = await orderOf(sessionId, 'fifty@example.com')
    expect(order).toMatchObject({ status: 'paid', total: 2 * (50 * 100 + 1225) })
    expect(items).toHaveLength(50)
  })
})
