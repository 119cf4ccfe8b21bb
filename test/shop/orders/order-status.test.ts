import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveStatus, sumRefunds } from '../../../shop/orders/order-status.ts'
import { dispute, observedSession, refund } from './observed-session.ts'

const HELD = [dispute('needs_response')]
const FULL = [refund(1900)]
const PART = [refund(500)]
const PAID = { paymentStatus: 'paid' }
const UNPAID = { paymentStatus: 'unpaid' }

describe('deriveStatus', () => {
  it.each([
    ['refunded', 'all at once', { ...PAID, refunds: FULL, disputes: HELD }, true],
    ['refunded', 'in parts', { ...PAID, refunds: [refund(900), refund(1000, 'succeeded', 're_2')] }, false],
    ['refunded', 'more than was paid', { ...PAID, refunds: [refund(1900), refund(1900, 'succeeded', 're_2')] }, false],
    ['refunded', 'before Stripe calls it paid', { ...UNPAID, refunds: FULL }, false],
    ['review', 'disputed and partly refunded', { ...PAID, refunds: PART, disputes: HELD }, true],
    ['review', 'paid', PAID, true],
    ['review', 'unpaid', { ...UNPAID, paymentIntentStatus: 'processing' }, true],
    ['review', 'failed', { ...UNPAID, paymentIntentStatus: 'canceled' }, true],
    ['disputed', 'and partly refunded', { ...PAID, refunds: PART, disputes: HELD }, false],
    ['disputed', 'and paid', { ...PAID, disputes: HELD }, false],
    ['disputed', 'by one of two', { ...PAID, disputes: [dispute('won'), dispute('lost', 'du_2')] }, false],
    ['partially_refunded', 'of a paid order', { ...PAID, refunds: PART }, false],
    ['paid', 'with money', PAID, false],
    ['paid', 'with nothing to pay', { paymentStatus: 'no_payment_required', paymentIntentStatus: null }, false],
    ['pending', 'while the bank works', { ...UNPAID, paymentIntentStatus: 'processing' }, false],
    ['failed', 'when the method was refused', { ...UNPAID, paymentIntentStatus: 'requires_payment_method' }, false],
    ['failed', 'when it was cancelled', { ...UNPAID, paymentIntentStatus: 'canceled' }, false],
    ['failed', 'when there is no payment at all', { ...UNPAID, paymentIntentStatus: null }, false],
  ])('is %s: %s', (status, _why, facts, mismatch) => {
    expect(deriveStatus(observedSession(facts), mismatch)).toBe(status)
  })

  it.each(['requires_action', 'requires_confirmation', 'requires_capture', 'succeeded', 'processing'])(
    'is pending while the payment intent is %s and the session unpaid',
    (paymentIntentStatus) => {
      expect(deriveStatus(observedSession({ ...UNPAID, paymentIntentStatus }), false)).toBe('pending')
    },
  )

  it.each(['won', 'prevented', 'warning_needs_response', 'warning_under_review', 'warning_closed'])(
    'stays paid through a dispute that is %s',
    (status) => {
      expect(deriveStatus(observedSession({ disputes: [dispute(status)] }), false)).toBe('paid')
    },
  )

  it.each(['needs_response', 'under_review', 'lost', 'appeal_pending', 'a_word_of_tomorrow'])(
    'is held by a dispute that is %s',
    (status) => {
      expect(deriveStatus(observedSession({ disputes: [dispute(status)] }), false)).toBe('disputed')
    },
  )

  it.each([
    ['succeeded', 'refunded'],
    ['pending', 'refunded'],
    ['requires_action', 'refunded'],
    ['a_word_of_tomorrow', 'refunded'],
    ['failed', 'paid'],
    ['canceled', 'paid'],
  ])('takes a refund that is %s for %s', (refundStatus, status) => {
    expect(deriveStatus(observedSession({ refunds: [refund(1900, refundStatus)] }), false)).toBe(status)
  })

  it('never reads "paid" from a word it does not know', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (paymentStatus, paymentIntentStatus) => {
        fc.pre(paymentStatus !== 'paid' && paymentStatus !== 'no_payment_required')
        const status = deriveStatus(observedSession({ paymentStatus, paymentIntentStatus }), false)
        expect(['pending', 'failed']).toContain(status)
      }),
    )
  })

  it.each(['constructor', '__proto__', 'toString', 'PAID', 'paid '])('does not take %j for paid', (paymentStatus) => {
    expect(deriveStatus(observedSession({ paymentStatus, paymentIntentStatus: paymentStatus }), false)).toBe('failed')
  })

  it('keeps a free order paid: nothing of it can be refunded', () => {
    const free = { paymentStatus: 'no_payment_required', amountTotal: 0, paymentIntentStatus: null }
    expect(deriveStatus(observedSession(free), false)).toBe('paid')
  })
})

describe('sumRefunds', () => {
  it.each([
    [[], 0],
    [[refund(500)], 500],
    [[refund(500), refund(700, 'pending', 're_2')], 1200],
    [[refund(500), refund(700, 'failed', 're_2'), refund(100, 'canceled', 're_3')], 500],
    [[refund(1900), refund(5, 'succeeded', 're_2')], 1900],
  ])('of %j is %i', (refunds, sum) => {
    expect(sumRefunds({ refunds, amountTotal: 1900 })).toBe(sum)
  })
})
