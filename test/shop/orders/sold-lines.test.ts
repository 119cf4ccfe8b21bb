import { describe, expect, it } from 'vitest'
import type { CheckoutLine } from '../../../shop/checkout/checkout-request.ts'
import { findMismatch, isOurSession, soldLinesMetadata } from '../../../shop/orders/sold-lines.ts'
import type { ObservedLine } from '../../../shop/payments/observed-session.ts'
import { BOOK, observedLine, observedSession } from './observed-session.ts'

const PRINT: CheckoutLine = { ...BOOK, product_id: 'prd_print', slug: 'print', title: 'A Print', unit_amount: 2500 }
const FIFTY = Array.from({ length: 50 }, (_, i) => ({
  ...BOOK,
  product_id: `prd_${i}_${'x'.repeat(56)}`,
  quantity: 99,
}))

const changed = (change: Partial<ObservedLine>) => {
  const session = observedSession({}, [BOOK, PRINT])
  return { ...session, lines: session.lines.map((line, i) => (i === 0 ? { ...line, ...change } : line)) }
}

const rewritten = (metadata: Record<string, string>) =>
  changed({ metadata: { ...observedLine(BOOK).metadata, ...metadata } })

/** A session in which the first lines were asked for and charged in dollars, while the session itself is in euros. */
function otherCurrency(count: number) {
  const lines = [BOOK, PRINT].map((line, i) => (i < count ? { ...line, currency: 'usd' } : line))
  return { ...observedSession({}, lines), currency: 'eur' }
}

describe('soldLinesMetadata', () => {
  it('fits what Stripe takes for 50 lines with the longest ids and amounts', () => {
    const lines = FIFTY.map((line) => ({ ...line, unit_amount: 99_999_999 }))
    const metadata = soldLinesMetadata(lines)
    expect(Object.keys(metadata).length).toBeLessThanOrEqual(49)
    expect(Math.max(...Object.values(metadata).map((value) => value.length))).toBeLessThanOrEqual(500)
  })
})

describe('the metadata of many lines', () => {
  it('is numbered without gaps, five lines to a value', () => {
    const metadata = soldLinesMetadata(FIFTY.slice(0, 11))
    expect(Object.keys(metadata)).toEqual(['till', 'lines_0', 'lines_1', 'lines_2'])
    expect(Object.values(metadata).map((value) => value.split(';').length)).toEqual([1, 5, 5, 1])
  })

  it.each(['x_lines_0', 'lines_0_x', 'lines_', 'Lines_0'])('is not looked for under %s', (key) => {
    const session = observedSession({}, [BOOK])
    expect(findMismatch({ ...session, metadata: { ...session.metadata, [key]: 'prd_x 1 eur 1' } })).toBeNull()
  })

  it('may have two digits in its number', () => {
    const session = observedSession({}, [BOOK, PRINT])
    const [first = '', second = ''] = (session.metadata.lines_0 ?? '').split(';')
    const metadata = { till: '1', lines_9: first, lines_10: second }
    expect(findMismatch({ ...session, metadata })).toBeNull()
  })
})

describe('isOurSession', () => {
  it.each([
    [soldLinesMetadata([BOOK]), true],
    [{}, false],
    [{ till: '2' }, false],
    [{ lines_0: 'prd_book 1900 eur 1' }, false],
  ])('of %j is %s', (metadata, ours) => {
    expect(isOurSession({ metadata })).toBe(ours)
  })
})

describe('findMismatch', () => {
  it.each([
    ['one line', [BOOK]],
    ['two lines', [BOOK, PRINT]],
    ['the same product on two lines', [BOOK, { ...BOOK }]],
    ['50 lines', FIFTY],
    ['a free line', [{ ...BOOK, unit_amount: 0 }]],
  ])('agrees with %s as sold', (_what, lines) => {
    expect(findMismatch(observedSession({}, lines))).toBeNull()
  })

  it('does not mind in which order Stripe lists the lines', () => {
    const session = observedSession({}, FIFTY)
    expect(findMismatch({ ...session, lines: session.lines.toReversed() })).toBeNull()
  })

  it('leaves discount and tax to the total', () => {
    const lines = [{ ...observedLine(BOOK), amountTotal: 950 }]
    expect(findMismatch(observedSession({ lines, amountDiscount: 950, amountTax: 70 }))).toBeNull()
  })

  it.each([
    ['a lower price', changed({ unitAmount: 1 })],
    ['a price of nothing', changed({ unitAmount: 0 })],
    ['a price that Stripe leaves out', changed({ unitAmount: -1 })],
    ['another currency', changed({ currency: 'usd' })],
    ['a higher quantity', changed({ quantity: 2 })],
    ['a line without its product', changed({ metadata: {} })],
    ['another product', rewritten({ product_id: 'prd_other' })],
    ['another amount written on the line', rewritten({ unit_amount: '1' })],
    ['another currency written on the line', rewritten({ currency: 'usd' })],
    ['another quantity written on the line', rewritten({ quantity: '5' })],
    ['nonsense written on the line', rewritten({ quantity: 'many' })],
    ['a currency that is not the session’s, on one line of two', otherCurrency(1)],
    ['a currency that is not the session’s, on both lines', otherCurrency(2)],
    ['a missing line', { ...changed({}), lines: [observedLine(BOOK)] }],
    ['no line at all', { ...changed({}), lines: [] }],
    ['an extra line', { ...changed({}), lines: [...changed({}).lines, observedLine(BOOK, 'li_3')] }],
    [
      'the first line twice, the second not',
      { ...changed({}), lines: [observedLine(BOOK), observedLine(BOOK, 'li_2')] },
    ],
    ['a session in another currency', { ...changed({}), currency: 'usd' }],
    ['the mark without lines', { ...changed({}), metadata: { till: '1' } }],
    ['a foreign session', { ...changed({}), metadata: {} }],
  ])('gives a reason for %s', (_what, session) => {
    expect(findMismatch(session)).toEqual(expect.stringMatching(/./))
  })

  it('finds one tampered line among 50', () => {
    const session = observedSession({}, FIFTY)
    const lines = session.lines.map((line, i) => (i === 37 ? { ...line, quantity: 98 } : line))
    expect(findMismatch({ ...session, lines })).toContain('prd_37_')
  })
})
