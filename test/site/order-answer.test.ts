import { describe, expect, it } from 'vitest'
import { type OrderAnswer, readOrderAnswer } from '../../site/assets/ts/order-answer.ts'

const order = { id: 'ord_1', total: 1900, currency: 'eur' }
const paid = { state: 'paid', order, downloads: [] }
const busy = (retrySeconds: number): OrderAnswer => ({ kind: 'busy', retrySeconds })

describe('readOrderAnswer', () => {
  it.each<[string, number, unknown, string | null, OrderAnswer]>([
    ['a paid order', 200, paid, null, { kind: 'paid', order, downloads: [] }],
    ['a payment in process', 202, { state: 'processing' }, null, { kind: 'processing' }],
    ['a refund', 403, { state: 'refunded', message: 'x' }, null, { kind: 'refused', state: 'refunded' }],
    ['an expired checkout', 410, { state: 'expired' }, null, { kind: 'refused', state: 'expired' }],
    [
      'an error with a code',
      410,
      { error: { code: 'link_expired', message: 'Old.' } },
      null,
      { kind: 'refused', state: 'link_expired' },
    ],
    ['too many questions', 429, { error: { code: 'rate_limited', message: '' } }, '17', busy(17)],
    ['an outage', 503, { error: { code: 'vendor_down', message: '' } }, '4', busy(4)],
    ['an outage without a time', 500, null, null, busy(10)],
    ['a date for a time', 503, null, 'Wed, 21 Oct 2026 07:28:00 GMT', busy(10)],
    ['a time of no patience', 503, null, '0', busy(2)],
    ['a time without end', 503, null, '999999', busy(300)],
    ['200 that is no order', 200, { state: 'paid' }, null, busy(10)],
    ['a page instead of JSON', 200, null, null, busy(10)],
    ['a proxy’s 404', 404, '<html>', null, busy(10)],
  ])('reads %s', (_name, status, body, retryAfter, expected) => {
    expect(readOrderAnswer(status, body, retryAfter)).toEqual(expected)
  })
})
