import { describe, expect, it } from 'vitest'
import type { IdPrefix } from '../../../shop/ids.ts'
import { recordOf } from '../../../shop/orders/order-record.ts'
import { BOOK, dispute, observedLine, observedSession, refund } from './observed-session.ts'

const OBSERVED_AT = '2026-11-23 10:00:00.123456+00'

function record(...session: Parameters<typeof observedSession>) {
  let count = 0
  const newId = (prefix: IdPrefix) => `${prefix}_${++count}`
  return recordOf(observedSession(...session), { observedAt: OBSERVED_AT, newId, revoke: 'items' })
}

describe('recordOf', () => {
  it('says everything that one observation tells', () => {
    expect(record()).toEqual({
      id: 'ord_1',
      stripe_session_id: 'cs_test_1',
      stripe_payment_intent_id: 'pi_1',
      livemode: false,
      status: 'paid',
      approved_status: 'paid',
      review_reason: null,
      email: 'buyer@example.com',
      stripe_email: 'buyer@example.com',
      claim_hash: 'c'.repeat(64),
      currency: 'eur',
      amount_subtotal: 1900,
      amount_discount: 0,
      amount_tax: 0,
      amount_total: 1900,
      amount_refunded: 0,
      paid_at: new Date('2026-11-23T10:00:00Z'),
      observed_at: OBSERVED_AT,
      items: [
        {
          id: 'itm_2',
          stripe_line_item_id: 'li_1',
          product_id: 'prd_book',
          title: 'A Book',
          quantity: 1,
          unit_amount: 1900,
          amount_discount: 0,
          amount_tax: 0,
          amount_total: 1900,
        },
      ],
      refunded_items: [],
      refunds: [],
      disputes: [],
    })
  })

  it('keeps the database clock to the microsecond', () => {
    expect(record().observed_at).toBe(OBSERVED_AT)
  })

  it('keeps an address that no mail can be sent to beside the one for mails', () => {
    expect(record({ email: 'a@example.com\r\nBcc: b@example.com' })).toMatchObject({
      email: null,
      stripe_email: 'a@example.com\r\nBcc: b@example.com',
    })
    expect(record({ email: null })).toMatchObject({ email: null, stripe_email: null })
  })

  it('holds what we did not sell for review, and remembers what approval would make of it', () => {
    const lines = [{ ...observedLine(BOOK), unitAmount: 1 }]
    expect(record({ lines })).toMatchObject({
      status: 'review',
      approved_status: 'paid',
      review_reason: expect.stringContaining('prd_book'),
    })
    expect(record({ lines, disputes: [dispute('lost')] })).toMatchObject({ approved_status: 'disputed' })
  })

  it('stores a line that Stripe describes badly as far as the tables allow, and lets a person look', () => {
    const lines = [{ ...observedLine(BOOK), quantity: 0, unitAmount: -1, metadata: {} }]
    expect(record({ lines })).toMatchObject({
      status: 'review',
      items: [{ quantity: 1, unit_amount: 0, product_id: null }],
    })
  })

  it.each([
    ['paid', {}, true],
    ['nothing to pay', { paymentStatus: 'no_payment_required' }, true],
    ['refunded though unpaid', { paymentStatus: 'unpaid', refunds: [refund(1900)] }, true],
    ['still under way', { paymentStatus: 'unpaid', paymentIntentStatus: 'processing' }, false],
    ['a word we do not know', { paymentStatus: 'perhaps' }, false],
  ])('has a time of payment when it is %s: %j', (_what, facts, isPaid) => {
    expect(record(facts).paid_at !== null).toBe(isPaid)
  })

  it.each([
    ['paid', {}],
    ['partially_refunded', { refunds: [refund(1)] }],
    ['refunded', { refunds: [refund(5000)] }],
    ['refunded', { paymentStatus: 'unpaid', refunds: [refund(1900)] }],
  ])('never claims more refunded than paid, nor %s without a time of payment', (status, facts) => {
    const { amount_refunded, amount_total, paid_at, ...order } = record(facts)
    expect(order.status).toBe(status)
    expect(amount_refunded).toBeLessThanOrEqual(amount_total)
    expect(paid_at).not.toBeNull()
  })
})
