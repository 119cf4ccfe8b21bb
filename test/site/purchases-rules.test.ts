import { describe, expect, it } from 'vitest'
import { purchaseWords as words } from '../../site/_data/purchase-words.ts'
import { readArrival } from '../../site/assets/ts/purchases/arrival.ts'
import { identityProblem } from '../../site/assets/ts/purchases/identity-problem.ts'
import { readPurchases } from '../../site/assets/ts/purchases/purchases-answer.ts'
import { receiptRows } from '../../site/assets/ts/purchases/receipt-rows.ts'
import { sayDuration } from '../../site/assets/ts/purchases/say-duration.ts'
import { samplePage, samplePurchase } from './purchase-samples.ts'

describe('readArrival', () => {
  it.each([
    ['?link=a.b.c', '', { kind: 'link', token: 'a.b.c' }],
    ['', '#confirmation_token=abc', { kind: 'confirmation', token: 'abc' }],
    ['', '#recovery_token=abc', { kind: 'recovery', token: 'abc' }],
    ['', '#invite_token=abc', { kind: 'invite', token: 'abc' }],
    ['', '#email_change_token=a-b_c=', { kind: 'email_change', token: 'a-b_c=' }],
    ['?link=', '', null],
    ['', '#confirmation_token=', null],
    ['', '#sign-up', null],
    // Whoever made such a link would have the reader in an account of theirs.
    ['', '#access_token=abc&refresh_token=def', null],
    ['', '#confirmation_token=abc&access_token=def', null],
    ['', `#recovery_token=${'a'.repeat(513)}`, null],
  ])('finds in %s%s %j', (search, hash, expected) => {
    expect(readArrival({ search, hash }, null)).toEqual(expected)
  })

  it('finds what the page has put away before a reload', () => {
    const arrival = { kind: 'link', token: 'abc' }
    expect(readArrival({ search: '', hash: '' }, { arrival })).toEqual(arrival)
  })
})

describe('identityProblem', () => {
  const failed = (message: string, status?: number) => Object.assign(new Error(message), { status })
  it.each([
    [failed('invalid_grant: Email not confirmed', 400), 'unconfirmed'],
    [failed('invalid_grant: No user found with that email, or password invalid.', 400), 'wrong'],
    [failed('A user with this email address has already been registered', 400), 'taken'],
    [failed('Signups not allowed for this instance', 403), 'closed'],
    [failed('Signup requires a valid password', 422), 'weak'],
    [failed('Unable to validate email address: invalid format', 422), 'bad-email'],
    [failed('User not found', 404), 'link-over'],
    [failed('Recovery token expired', 422), 'link-over'],
    [failed('Rate limit exceeded', 429), 'too-many'],
    [failed('Bad Gateway', 502), 'down'],
    [failed('Not Found', 404), 'down'],
    [failed('something else', 400), 'refused'],
    [new TypeError('Failed to fetch'), 'offline'],
    [failed('Email change verification requires an active browser session'), 'signed-out'],
    [Object.assign(new Error('x'), { cause: failed('y', 503) }), 'down'],
  ])('calls %s %s', (error, kind) => expect(identityProblem(error).kind).toBe(kind))
})

describe('readPurchases', () => {
  const answer = (status: number, body: unknown = null) => ({ status, body, retryAfter: null, date: null })
  it.each([
    [null, 'offline'],
    [answer(200, samplePage([])), 'page'],
    [answer(200, {}), 'busy'],
    [answer(401), 'nobody'],
    [answer(403, { state: 'unconfirmed' }), 'unconfirmed'],
    [answer(403, { error: { code: 'forbidden' } }), 'busy'],
    [answer(429), 'busy'],
    [answer(503), 'busy'],
  ])('calls %j %s', (given, kind) => expect(readPurchases(given).kind).toBe(kind))
})

describe('receiptRows', () => {
  it('ends with what was paid, and with what is left after refunds', () => {
    const refund = { amount: 700, status: 'succeeded', refunded_at: '2026-11-21T10:00:00Z' }
    const order = samplePurchase(1, {
      tax: 303,
      discount: 100,
      refunded: 700,
      refunds: [refund, { ...refund, amount: 500, status: 'failed' }],
    })
    expect(receiptRows(order, 'en')).toEqual([
      { label: words.receipt.discount, amount: '€1.00' },
      { label: words.receipt.tax, amount: '€3.03' },
      { label: words.receipt.totalPaid, amount: '€19.00', isTotal: true },
      { label: words.receipt.refundedOn('November 21, 2026'), amount: '−€7.00' },
      { label: words.receipt.left, amount: '€12.00', isTotal: true },
    ])
  })

  it('calls a total of nothing by its name', () => {
    expect(receiptRows(samplePurchase(1, { total: 0 }), 'en')).toEqual([
      { label: words.receipt.total, amount: '€0.00', isTotal: true },
    ])
  })
})

describe('sayDuration', () => {
  it.each([
    [40, '40 seconds'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [5400, '90 minutes'],
    [5401, '2 hours'],
    [86_400, '24 hours'],
  ])('says %i seconds as %s', (seconds, said) => expect(sayDuration(seconds, 'en')).toBe(said))
})
