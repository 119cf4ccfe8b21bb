import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CheckoutLine, describeCheckout } from '../../../shop/checkout/checkout-request.ts'
import shop from '../../../shop.config.ts'
import { BOOK } from '../orders/observed-session.ts'

const PRINT: CheckoutLine = { ...BOOK, product_id: 'prd_print', slug: 'print', unit_amount: 2500 }
/** Begins a bucket of two minutes. */
const BUCKET = Date.parse('2026-11-23T10:00:00Z')
const { checkout: offers } = shop
const from = { claim: 'claim-1', backTo: '/store/book/', siteUrl: 'https://shop.example' }
const at = (ms: number) => ({ offers, ...from, now: new Date(BUCKET + ms) })

describe('describeCheckout', () => {
  it('asks for the lines, with the way back and a mark by which the order will be checked', () => {
    expect(describeCheckout([BOOK], at(0))).toEqual({
      lines: [BOOK],
      offers,
      metadata: { till: '1', lines_0: 'prd_book 1900 eur 1', claim: expect.stringMatching(/^[0-9a-f]{64}$/) },
      successUrl: 'https://shop.example/success/?session_id={CHECKOUT_SESSION_ID}',
      cancelUrl: 'https://shop.example/store/book/',
      expiresAt: BUCKET / 1000 + 3600,
      idempotencyKey: expect.stringMatching(/^checkout:[0-9a-f]{64}$/),
    })
  })

  it('never tells Stripe the secret of the claim', () => {
    expect(JSON.stringify(describeCheckout([BOOK], at(0)))).not.toContain('claim-1')
  })

  it('leads whoever does not pay back to where they came from', () => {
    const { cancelUrl } = describeCheckout([BOOK], { ...at(0), backTo: '/basket/' })
    expect(cancelUrl).toBe('https://shop.example/basket/')
  })

  it('is the very same request from the first to the last millisecond of a bucket', () => {
    expect(describeCheckout([BOOK], at(119_999))).toEqual(describeCheckout([BOOK], at(0)))
  })

  it.each([
    ['price', [{ ...BOOK, unit_amount: 2000 }], at(0)],
    ['currency', [{ ...BOOK, currency: 'usd' }], at(0)],
    ['title', [{ ...BOOK, title: 'A New Title' }], at(0)],
    ['quantity', [{ ...BOOK, quantity: 2 }], at(0)],
    ['product', [PRINT], at(0)],
    ['second product', [BOOK, PRINT], at(0)],
    ['offer', [BOOK], { ...at(0), offers: { ...offers, promotionCodes: !offers.promotionCodes } }],
    ['claim', [BOOK], { ...at(0), claim: 'claim-2' }],
    ['way back', [BOOK], { ...at(0), backTo: '/basket/' }],
    ['bucket', [BOOK], at(120_000)],
    ['bucket before', [BOOK], at(-1)],
  ])('has another key for another %s', (_what, lines, circumstances) => {
    const { idempotencyKey } = describeCheckout(lines, circumstances)
    expect(idempotencyKey).not.toBe(describeCheckout([BOOK], at(0)).idempotencyKey)
  })

  it('expires at a time that Stripe takes whenever the click comes: 30 minutes to 24 hours ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (ms) => {
        const ahead = describeCheckout([BOOK], at(ms)).expiresAt - Math.floor((BUCKET + ms) / 1000)
        expect(ahead).toBeGreaterThanOrEqual(30 * 60)
        expect(ahead).toBeLessThanOrEqual(24 * 3600)
      }),
    )
  })

  it('has a key that Stripe takes, however long the basket', () => {
    const lines = Array.from({ length: 50 }, () => ({ ...BOOK, title: 'x'.repeat(200) }))
    expect(describeCheckout(lines, at(0)).idempotencyKey.length).toBeLessThanOrEqual(255)
  })
})
