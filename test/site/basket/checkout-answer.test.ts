import { describe, expect, it } from 'vitest'
import { readCheckoutAnswer } from '../../../site/assets/ts/basket/checkout-answer.ts'

const HOME = 'https://shop.example/basket/'
const PAY = 'https://checkout.stripe.com/c/pay/cs_live_1#x'
const read = (status: number, body: unknown, { retryAfter = null as string | null, home = HOME } = {}) =>
  readCheckoutAnswer({ status, body, retryAfter }, home)

describe('readCheckoutAnswer', () => {
  it('goes to the payment page that the shop names', () => {
    expect(read(201, { url: PAY })).toEqual({ kind: 'begun', url: PAY })
    const local = 'http://localhost:8889/checkout/cs_test_1'
    expect(read(201, { url: local }, { home: 'http://localhost:8888/basket/' })).toEqual({ kind: 'begun', url: local })
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://checkout.stripe.com/',
    '/basket/',
    '//evil.example',
    'https://[',
    'https:// x/',
    'https://user@evil.example/',
    ' https://checkout.stripe.com/',
    '',
    7,
    null,
    { toString: 'https://x' },
  ])('goes nowhere for %j', (url) => {
    expect(read(201, { url })).toEqual({ kind: 'down' })
  })

  it.each([
    [201, null],
    [200, { url: PAY }],
    [302, { url: PAY }],
    [500, { error: {} }],
    [503, null],
    [409, null],
    [409, { items: 'book' }],
    [409, { items: [{ slug: 'book', unit_amount: -1, currency: 'eur' }] }],
    [409, { items: [{ slug: 'book', unit_amount: 1e300, currency: 'eur' }] }],
    [409, { items: [{ slug: 'book', unit_amount: 1, currency: '<b>' }] }],
    [403, {}],
  ])('takes %i %j for an outage', (status, body) => {
    expect(read(status, body)).toEqual({ kind: 'down' })
  })

  it('reads the prices that have changed, and leaves out what is none', () => {
    const price = { slug: 'book', seen_unit_amount: 1900, unit_amount: 2100, currency: 'eur' }
    expect(read(409, { items: [null, { slug: 'x' }, price] })).toMatchObject({
      kind: 'changed',
      prices: [{ slug: 'book', unit_amount: 2100, currency: 'eur' }],
    })
  })

  it('reads what is gone, and what was only renamed', () => {
    const items = [
      { slug: 'gone', moved_to: null },
      { slug: 'old', moved_to: 'new' },
    ]
    const named = [...items, null, 'x', { slug: { toString: 1 } }]
    for (const status of [400, 404, 410]) expect(read(status, { items: named })).toEqual({ kind: 'gone', items })
  })

  it.each([400, 404, 410, 502])('cannot say what is wrong with the basket when %i does not', (status) => {
    expect(read(status, { error: {} })).toEqual({ kind: 'refused' })
  })

  it.each([
    ['7', 7],
    [null, 10],
    ['never', 10],
    ['-1', 2],
    ['999999', 300],
  ])('waits after 429 with Retry-After %j for %i seconds', (retryAfter, retrySeconds) => {
    expect(read(429, null, { retryAfter })).toEqual({ kind: 'busy', retrySeconds })
  })
})
