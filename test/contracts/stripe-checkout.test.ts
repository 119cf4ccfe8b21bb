import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkout, line, newClient, openStage, refusal, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ isDurable: true })
})
afterEach(() => stage.close())

type Wish = Stripe.Checkout.SessionCreateParams
const create = (change: Partial<Wish>) => stage.stripe.checkout.sessions.create(checkout(change))
const item = (change: object) => ({ line_items: [{ ...line('Font', 1900), ...change }] })
const price = (change: object) => item({ price_data: { ...line('Font', 1900).price_data, ...change } })

/** A request outside of the SDK, which is too well behaved for some of these. */
async function raw(path: string, headers: Record<string, string>, body?: string) {
  const method = body === undefined ? 'GET' : 'POST'
  const sent = body === undefined ? { method, headers } : { method, headers, body }
  const response = await fetch(`${stage.base}${path}`, sent)
  const answer = (await response.json()) as { error?: { type: string; code?: string; message: string } }
  return { status: response.status, headers: response.headers, error: answer.error }
}

const KEY = { authorization: 'Bearer sk_test_contract' }
const FORM = { ...KEY, 'content-type': 'application/x-www-form-urlencoded' }

describe('checkout.sessions.create', () => {
  it('keeps what was asked for, line items in their order, expanded on request only', async () => {
    const session = await create({
      line_items: [
        line('Field guide', 1900, { metadata: { product_id: 'prd_1' } }),
        line('Poster', 500, { quantity: 3, metadata: { product_id: 'prd_2' } }),
      ],
      client_reference_id: 'ref_1',
      locale: 'de',
      metadata: { shop: 'till' },
      invoice_creation: { enabled: true, invoice_data: { footer: 'Thanks' } },
      custom_text: { submit: { message: 'Delivered at once' } },
      adaptive_pricing: { enabled: false },
      payment_intent_data: { metadata: { order_id: 'o1' }, description: 'Order 1' },
    })
    expect(session.id).toMatch(/^cs_test_a1\w{58}$/)
    expect(session).toMatchObject({
      amount_subtotal: 3400,
      amount_total: 3400,
      client_reference_id: 'ref_1',
      currency: 'eur',
      invoice_creation: { enabled: true, invoice_data: { footer: 'Thanks' } },
      livemode: false,
      locale: 'de',
      metadata: { shop: 'till' },
      payment_method_types: ['card', 'sepa_debit'],
      expires_at: stage.state.now + 86_400,
    })
    expect(session).not.toHaveProperty('line_items')
    const lines = await stage.stripe.checkout.sessions.listLineItems(session.id, { expand: ['data.price.product'] })
    expect(lines.data.map(({ description, quantity, metadata }) => [description, quantity, metadata])).toEqual([
      ['Field guide', 1, { product_id: 'prd_1' }],
      ['Poster', 3, { product_id: 'prd_2' }],
    ])
    expect(lines.data[0]?.price).toMatchObject({
      unit_amount: 1900,
      product: { object: 'product', name: 'Field guide' },
    })
    expect(String(lines.data[0]?.price?.unit_amount_decimal)).toBe('1900')
  })

  it.each<[string, Partial<Wish>, { code?: string; param?: string }]>([
    ['no success_url', { success_url: '' }, { code: 'parameter_invalid_empty', param: 'success_url' }],
    ['a success_url that is none', { success_url: 'nowhere' }, { code: 'url_invalid', param: 'success_url' }],
    ['an unknown mode', { mode: 'gift' }, { param: 'mode' }],
    ['an expiry in 29 minutes', { expires_at: 1_800_000_000 + 29 * 60 }, { param: 'expires_at' }],
    ['an expiry after a day', { expires_at: 1_800_000_000 + 86_401 }, { param: 'expires_at' }],
    ['101 lines', { line_items: Array(101).fill(line('Font', 1)) }, { param: 'line_items' }],
    ['a negative price', price({ unit_amount: -1 }), { code: 'parameter_invalid_integer' }],
    ['a fraction of a cent', price({ unit_amount: 1.5 }), { code: 'parameter_invalid_integer' }],
    ['a price without amount', price({ unit_amount: undefined }), { code: 'parameter_missing' }],
    ['a currency that is none', price({ currency: 'abc' }), { param: 'line_items[0][price_data][currency]' }],
    ['a price id it does not know', item({ price: 'price_1', price_data: undefined }), { code: 'resource_missing' }],
    ['no quantity', item({ quantity: undefined }), { code: 'parameter_missing', param: 'line_items[0][quantity]' }],
    ['a product without name', price({ product_data: { name: '' } }), { code: 'parameter_invalid_empty' }],
    ['nine images', price({ product_data: { name: 'a', images: Array(9).fill('https://a.example/b') } }), {}],
    [
      'two currencies',
      { line_items: [line('a', 100), { quantity: 1, price_data: { ...line('b', 100).price_data, currency: 'usd' } }] },
      {},
    ],
    ['less than can be charged', { line_items: [line('Sticker', 49)] }, { code: 'amount_too_small' }],
    ['more than can be charged', { line_items: [line('Castle', 100_000_000)] }, { code: 'amount_too_large' }],
    ['metadata with a long key', { metadata: { ['k'.repeat(41)]: 'v' } }, {}],
    ['metadata with a long value', { metadata: { k: 'v'.repeat(501) } }, {}],
    ['an email that is none', { customer_email: 'nobody' }, { code: 'email_invalid', param: 'customer_email' }],
    ['a coupon it does not know', { discounts: [{ coupon: 'none' }] }, { code: 'resource_missing' }],
    ['a third decimal that is not zero', price({ currency: 'kwd', unit_amount: 1005 }), {}],
    [
      'a switch of subscriptions',
      { payment_method_collection: 'if_required' as const },
      { param: 'payment_method_collection' },
    ],
    [
      'a tax code that is none',
      price({ product_data: { name: 'Font', tax_code: 'ebook' } }),
      { param: 'line_items[0][price_data][product_data][tax_code]', code: 'resource_missing' },
    ],
  ])('refuses %s', async (_what, wish, expected) => {
    const error = await refusal(create(wish))
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...expected })
    expect((await stage.stripe.checkout.sessions.list()).data).toEqual([])
  })

  it('refuses a discount next to a field for codes', async () => {
    await stage.stripe.coupons.create({ id: 'TEN', percent_off: 10 })
    const error = await refusal(create({ discounts: [{ coupon: 'TEN' }], allow_promotion_codes: true }))
    expect(error.message).toContain('only specify one of these parameters')
  })

  it('refuses what the API does not know any more, or never knew', async () => {
    const form = 'mode=payment&payment_method_types[0]=card'
    expect(await raw('/v1/checkout/sessions', FORM, form)).toMatchObject({
      status: 400,
      error: { code: 'parameter_unknown', message: 'Received unknown parameter: payment_method_types' },
    })
    const nested = await raw('/v1/checkout/sessions', FORM, 'mode=payment&line_items[0][colour]=red')
    expect(nested.error).toMatchObject({ param: 'line_items[0][colour]', type: 'invalid_request_error' })
  })

  it('counts in the minor units that a currency has', async () => {
    const yen = await create({
      line_items: [{ quantity: 2, price_data: { ...line('Font', 1200).price_data, currency: 'jpy' } }],
    })
    expect(yen).toMatchObject({ amount_total: 2400, currency: 'jpy' })
    expect(await (await fetch(yen.url ?? '')).text()).toContain('¥2,400')
    const dinar = await create({
      line_items: [{ quantity: 1, price_data: { ...line('Font', 5120).price_data, currency: 'kwd' } }],
    })
    expect(await (await fetch(dinar.url ?? '')).text()).toContain('5.120')
  })

  it('expires on request, once', async () => {
    const session = await create({})
    expect(await stage.stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null })
    expect((await refusal(stage.stripe.checkout.sessions.expire(session.id))).message).toContain('status of expired')
  })

  it('expires by itself when its time has come', async () => {
    const session = await create({ expires_at: stage.state.now + 3600 })
    await stage.pass(3599)
    expect(stage.received).toEqual([])
    await stage.pass(1)
    expect(stage.received.map((event) => event.type)).toEqual(['checkout.session.expired'])
    expect(await stage.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null })
  })
})

describe('idempotency keys', () => {
  it('replay the first answer', async () => {
    const options = { idempotencyKey: 'checkout:1' }
    const first = await stage.stripe.checkout.sessions.create(checkout(), options)
    const second = await stage.stripe.checkout.sessions.create(checkout(), options)
    expect(second.id).toBe(first.id)
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId)
    expect((await stage.stripe.checkout.sessions.list()).data).toHaveLength(1)
  })

  it('replay a refusal too, and survive a restart', async () => {
    const refund = () => stage.stripe.refunds.create({ charge: 'ch_none' }, { idempotencyKey: 'refund:1' })
    const first = await refusal(refund())
    stage.reopen()
    expect(await refusal(refund())).toMatchObject({ code: 'resource_missing', statusCode: 404, message: first.message })
  })

  it('refuse another request under the same key', async () => {
    const options = { idempotencyKey: 'checkout:1' }
    await stage.stripe.checkout.sessions.create(checkout(), options)
    const other = stage.stripe.checkout.sessions.create(checkout({ locale: 'fr' }), options)
    expect(await refusal(other)).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 })
  })

  it('make one session of many requests at once', async () => {
    const options = { idempotencyKey: 'checkout:1' }
    const tries = Array.from({ length: 10 }, () => stage.stripe.checkout.sessions.create(checkout(), options))
    expect(new Set((await Promise.all(tries)).map((session) => session.id)).size).toBe(1)
  })

  it('leave nothing behind of a request that was refused half-way', async () => {
    await refusal(
      stage.stripe.checkout.sessions.create(checkout({ line_items: [line('Sticker', 49)] }), { idempotencyKey: 'k' }),
    )
    expect((await raw('/v1/products/prod_none', KEY)).status).toBe(404)
    expect((await stage.stripe.events.list()).data).toEqual([])
  })
})

describe('the API at large', () => {
  it('wants a test key', async () => {
    expect(await raw('/v1/charges', {})).toMatchObject({ status: 401, error: { type: 'invalid_request_error' } })
    const wrong = await refusal(newClient(stage.port, 'sk_live_0123456789abcdef').charges.list())
    expect(wrong).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 })
    expect(wrong.message).toBe('Invalid API Key provided: sk_live_************cdef')
    expect((await newClient(stage.port, 'rk_test_0123').charges.list()).data).toEqual([])
  })

  it('names its requests and its version', async () => {
    const { headers } = await raw('/v1/balance', KEY)
    expect(headers.get('request-id')).toMatch(/^req_\w{14}$/)
    expect(headers.get('stripe-version')).toBe('2026-10-28.endive')
    expect(await raw('/v1/balance', { ...KEY, 'stripe-version': '2020-08-27' })).toMatchObject({ status: 400 })
  })

  it('answers 404 for what is not there', async () => {
    const missing = await refusal(stage.stripe.checkout.sessions.retrieve('cs_test_none'))
    expect(missing).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such checkout.session: 'cs_test_none'",
    })
    expect(await raw('/v1/lottery', KEY)).toMatchObject({ status: 404, error: { type: 'invalid_request_error' } })
  })

  it('reads forms only', async () => {
    const json = { ...KEY, 'content-type': 'application/json' }
    expect((await raw('/v1/refunds', json, '{}')).error?.message).toContain('application/x-www-form-urlencoded')
    expect((await raw('/v1/refunds', FORM, '__proto__[charge]=x')).error).toMatchObject({ code: 'parameter_unknown' })
  })
})
