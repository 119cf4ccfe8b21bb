import { describe, expect, it } from 'vitest'
import { answerOf, type OrderView } from '../../../shop/downloads/order-view.ts'

const PAID: OrderView = {
  state: 'paid',
  order: { id: 'ord_1', total: 1900, refunded: 0, currency: 'eur', items: [], email: null, correctable_until: null },
  notice: null,
  downloads: [
    {
      slug: 'book',
      title: 'A Book',
      filename: 'book.pdf',
      size_bytes: 9,
      sha256: 'a'.repeat(64),
      url: 'https://shop.example/download?token=t',
      expires_at: '2026-11-23T10:15:00.000Z',
      version: 2,
      changelog: 'Two pages more.',
      earlier: [],
    },
  ],
}

describe('answerOf', () => {
  it('answers a paid order with its files', () => {
    expect(answerOf(PAID)).toEqual({ status: 200, body: PAID })
  })

  it('asks to come back while the payment is under way', () => {
    expect(answerOf({ state: 'processing' })).toEqual({ status: 202, body: { state: 'processing' } })
  })

  it.each([
    ['unknown', 404],
    ['expired', 410],
    ['failed', 410],
    ['refunded', 403],
    ['disputed', 403],
    ['review', 403],
  ] as const)('closes an order that is %s with %i, the state and a sentence, and nothing else', (state, status) => {
    const answer = answerOf({ state })
    expect(answer).toEqual({ status, body: { state, message: expect.stringMatching(/\.$/) } })
  })
})
