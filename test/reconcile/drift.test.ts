import { describe, expect, it } from 'vitest'
import { type DriftKind, findDrift } from '../../shop/reconcile/drift.ts'
import type { KnownOrder } from '../../shop/reconcile/known-order.ts'
import { digestOf, isOurFact, type StripeFact } from '../../shop/reconcile/stripe-fact.ts'

const SESSION: StripeFact = {
  kind: 'session',
  id: 'cs_1',
  paymentIntentId: 'pi_1',
  paymentIntentStatus: 'succeeded',
  status: 'paid',
  amount: 1900,
  currency: 'eur',
  metadata: { till: '1' },
}
const REFUND: StripeFact = { ...SESSION, kind: 'refund', id: 're_1', status: 'succeeded', amount: 500 }
const DISPUTE: StripeFact = { ...SESSION, kind: 'dispute', id: 'du_1', status: 'needs_response' }
const ORDER: KnownOrder = {
  id: 'ord_1',
  stripe_session_id: 'cs_1',
  stripe_payment_intent_id: 'pi_1',
  status: 'paid',
  currency: 'eur',
  amount_total: 1900,
  amount_refunded: 0,
  is_mismatch: false,
  refunds: [],
  disputes: [],
}
const part = ({ id, status, amount, currency }: StripeFact) => ({ id, status, amount, currency })
const REFUNDED: Partial<KnownOrder> = { status: 'partially_refunded', amount_refunded: 500, refunds: [part(REFUND)] }
const DISPUTED: Partial<KnownOrder> = { status: 'disputed', disputes: [part(DISPUTE)] }

type Case = [name: string, fact: Partial<StripeFact>, order: Partial<KnownOrder> | null, kinds: DriftKind[]]

const SESSIONS: Case[] = [
  ['an order that agrees', {}, {}, []],
  ['no order', {}, null, ['missing_order']],
  [
    'no order for a free sale',
    { status: 'no_payment_required', amount: 0, paymentIntentId: null },
    null,
    ['missing_order'],
  ],
  ['a status changed by hand', {}, { status: 'disputed' }, ['wrong_status']],
  ['a payment that has come', {}, { status: 'pending' }, ['wrong_status']],
  ['a payment under way', { status: 'unpaid', paymentIntentStatus: 'processing' }, { status: 'pending' }, []],
  [
    'a payment that failed',
    { status: 'unpaid', paymentIntentStatus: 'requires_payment_method' },
    { status: 'pending' },
    ['wrong_status'],
  ],
  ['a word that we do not know is no payment', { status: 'unheard_of' }, {}, ['wrong_status']],
  ['another total', { amount: 2000 }, {}, ['wrong_amount']],
  ['another currency', { currency: 'usd' }, {}, ['wrong_amount']],
  ['a refund that we know', {}, REFUNDED, []],
  ['a refund that the status forgot', {}, { ...REFUNDED, status: 'paid' }, ['wrong_status']],
  ['a refund that the amount forgot', {}, { ...REFUNDED, amount_refunded: 0 }, ['wrong_amount']],
  ['a refund that failed counts for nothing', {}, { refunds: [{ ...part(REFUND), status: 'failed' }] }, []],
  ['a dispute that we know', {}, DISPUTED, []],
  ['an order in review', {}, { is_mismatch: true, status: 'review' }, []],
  ['an order that slipped out of review', {}, { is_mismatch: true }, ['wrong_status']],
  ['status and amount at once', { amount: 2000 }, { status: 'pending' }, ['wrong_status', 'wrong_amount']],
]

const PARTS: [name: string, fact: StripeFact, order: Partial<KnownOrder> | null, kinds: DriftKind[]][] = [
  ['a refund that agrees', REFUND, REFUNDED, []],
  ['a refund of an unknown sale', REFUND, null, ['missing_order']],
  ['a refund that we lack', REFUND, {}, ['missing_refund']],
  ['a refund that failed since', { ...REFUND, status: 'failed' }, REFUNDED, ['wrong_refund']],
  ['a refund of another amount', { ...REFUND, amount: 501 }, REFUNDED, ['wrong_refund']],
  ['a dispute that agrees', DISPUTE, DISPUTED, []],
  ['a dispute that we lack', DISPUTE, {}, ['missing_dispute']],
  ['a dispute that was won since', { ...DISPUTE, status: 'won' }, DISPUTED, ['wrong_dispute']],
  ['a refund without a payment, which leads to no sale', { ...REFUND, paymentIntentId: null }, {}, []],
]

const kindsOf = (fact: StripeFact, order: Partial<KnownOrder> | null) =>
  findDrift([fact], order ? [{ ...ORDER, ...order }] : []).map(({ kind }) => kind)

describe('findDrift', () => {
  it.each(SESSIONS)('of a session: %s', (_name, fact, order, kinds) => {
    expect(kindsOf({ ...SESSION, ...fact }, order)).toEqual(kinds)
  })

  it.each(PARTS)('of a refund or dispute: %s', (_name, fact, order, kinds) => {
    expect(kindsOf(fact, order)).toEqual(kinds)
  })

  it('says what each side says, and where to look', () => {
    expect(findDrift([REFUND, SESSION], [ORDER])).toEqual([
      {
        kind: 'missing_refund',
        orderId: 'ord_1',
        sessionId: 'cs_1',
        paymentIntentId: 'pi_1',
        stripe: 're_1 succeeded €5.00',
        ours: 'paid',
        digest: digestOf(REFUND),
      },
    ])
    expect(findDrift([SESSION], [])).toMatchObject([{ orderId: null, sessionId: 'cs_1', stripe: 'paid €19.00' }])
    expect(findDrift([REFUND], [])).toMatchObject([{ orderId: null, sessionId: null, paymentIntentId: 'pi_1' }])
  })

  it('takes two free sales, which have no payment, for two sales', () => {
    const free = { ...SESSION, paymentIntentId: null, amount: 0, status: 'no_payment_required' }
    const known = { ...ORDER, stripe_payment_intent_id: null, amount_total: 0 }
    expect(findDrift([free, { ...free, id: 'cs_2' }], [known])).toMatchObject([
      { kind: 'missing_order', sessionId: 'cs_2' },
    ])
    expect(findDrift([{ ...REFUND, paymentIntentId: null }], [known])).toEqual([])
  })
})

describe('digestOf', () => {
  const changes: Partial<StripeFact>[] = [
    { kind: 'refund' },
    { id: 'cs_2' },
    { status: 'unpaid' },
    { amount: 1901 },
    { currency: 'usd' },
    { paymentIntentId: null },
    { paymentIntentStatus: 'processing' },
  ]

  it.each(changes)('changes with %o', (change) => {
    expect(digestOf({ ...SESSION, ...change })).not.toBe(digestOf(SESSION))
  })

  it('does not change with what an order does not follow from', () => {
    expect(digestOf({ ...SESSION, metadata: { till: '1', note: 'x' } })).toBe(digestOf(SESSION))
  })
})

describe('isOurFact', () => {
  it.each([
    [{ till: '1' }, true],
    [{}, false],
    [{ till: '2' }, false],
    [{ lines_0: 'prd_1 100 eur 1' }, false],
  ])('of %o is %s', (metadata, ours) => expect(isOurFact({ ...SESSION, metadata })).toBe(ours))
})
