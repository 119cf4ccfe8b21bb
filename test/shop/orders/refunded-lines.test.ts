import { describe, expect, it } from 'vitest'
import { findRefundedItems } from '../../../shop/orders/refunded-lines.ts'
import { BOOK, observedLine, refund } from './observed-session.ts'

const line = (id: string, unit_amount: number) => observedLine({ ...BOOK, unit_amount }, id)
const LINES = [line('a', 1900), line('b', 2500), line('c', 900), line('free', 0)]
const found = (...[lines, refunds, policy]: Parameters<typeof findRefundedItems>) =>
  findRefundedItems(lines, refunds, policy).map(
    ({ stripe_line_item_id, order_item_id }) => stripe_line_item_id ?? order_item_id,
  )

describe('findRefundedItems', () => {
  it.each([
    ['the one line with that amount', [refund(2500)], ['b']],
    ['the one set that adds up', [refund(2800)], ['a', 'c']],
    [
      'two refunds, one after the other',
      [refund(1900, 'succeeded', 're_1'), refund(900, 'succeeded', 're_2')],
      ['a', 'c'],
    ],
    ['nothing for an amount that no set explains', [refund(1000)], []],
    ['the items that we named ourselves', [{ ...refund(100), orderItemIds: ['itm_x', 'itm_y'] }], ['itm_x', 'itm_y']],
  ])('finds %s', (_what, refunds, expected) => {
    expect(found(LINES, refunds, 'items')).toEqual(expected)
  })

  it('finds nothing when two sets explain the amount', () => {
    expect(found([line('a', 1000), line('b', 1000)], [refund(1000)], 'items')).toEqual([])
    expect(found([line('a', 1000), line('b', 2000), line('c', 3000)], [refund(3000)], 'items')).toEqual([])
  })

  it('knows that the second of two equal lines is the one that is left', () => {
    const lines = [line('a', 1000), line('b', 1000), line('c', 500)]
    expect(found(lines, [refund(1500, 'succeeded', 're_1')], 'items')).toEqual([])
    expect(found(lines, [refund(500, 'succeeded', 're_1'), refund(2000, 'succeeded', 're_2')], 'items')).toEqual([
      'c',
      'a',
      'b',
    ])
  })

  it('matches a long basket line by line, and quickly', () => {
    const lines = Array.from({ length: 50 }, (_, i) => line(`l${i}`, 100 + i))
    expect(found(lines, [refund(149)], 'items')).toEqual(['l49'])
    expect(found(lines, [refund(100 + 101)], 'items')).toEqual([])
  })

  it('closes nothing or everything when the seller has decided so', () => {
    expect(found(LINES, [refund(2500)], 'never')).toEqual([])
    expect(found(LINES, [refund(1)], 'always')).toEqual(['a', 'b', 'c', 'free'])
    expect(found(LINES, [], 'always')).toEqual([])
  })

  const [MORNING, NOON] = [new Date('2026-11-24T08:00:00Z'), new Date('2026-11-24T12:00:00Z')]
  const at = (createdAt: Date, amount: number, id: string) => ({ ...refund(amount, 'succeeded', id), createdAt })

  it('takes refunds in the order of their times, whatever the order of the list, and notes each item with its own', () => {
    const lines = [line('a', 1000), line('b', 1000), line('c', 500)]
    const refunds = [at(NOON, 2000, 're_1'), at(MORNING, 500, 're_2')]
    const expected = [
      { stripe_line_item_id: 'c', order_item_id: null, at: MORNING },
      { stripe_line_item_id: 'a', order_item_id: null, at: NOON },
      { stripe_line_item_id: 'b', order_item_id: null, at: NOON },
    ]
    expect(findRefundedItems(lines, refunds, 'items')).toEqual(expected)
    expect(findRefundedItems(lines, refunds.toReversed(), 'items')).toEqual(expected)
  })

  it('takes refunds of one moment in the order of their ids', () => {
    const lines = [line('a', 1000), line('b', 1000), line('c', 500)]
    const refunds = [at(NOON, 2000, 're_2'), at(NOON, 500, 're_1')]
    expect(found(lines, refunds, 'items')).toEqual(['c', 'a', 'b'])
    expect(found(lines, refunds.toReversed(), 'items')).toEqual(['c', 'a', 'b'])
  })

  it('pays no line back twice', () => {
    const refunds = [at(MORNING, 1900, 're_1'), at(NOON, 1900, 're_2')]
    expect(found([line('a', 1900), line('b', 2500)], refunds, 'items')).toEqual(['a'])
  })

  it('closes an order from its first refund on when the seller has decided so', () => {
    const refunds = [at(NOON, 1, 're_1'), at(MORNING, 1, 're_2')]
    expect(findRefundedItems([line('a', 1900)], refunds, 'always')).toEqual([
      { stripe_line_item_id: 'a', order_item_id: null, at: MORNING },
    ])
  })

  it('looks for sets among twelve lines, and among thirteen only for one', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => line(`l${i}`, 2 ** i * 100))
    expect(found(lines(12), [refund(300)], 'items')).toEqual(['l0', 'l1'])
    expect(found(lines(13), [refund(300)], 'items')).toEqual([])
  })
})
