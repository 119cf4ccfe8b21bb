import { describe, expect, it } from 'vitest'
import type { BasketLine } from '../../../site/assets/ts/basket/basket.ts'
import { moveLines } from '../../../site/assets/ts/basket/move-lines.ts'
import { withoutBought } from '../../../site/assets/ts/basket/settle-order.ts'

const line = (slug: string, quantity = 1): BasketLine => ({
  ...{ slug, quantity, title: slug, thumb: '', unit_amount: 100, currency: 'eur' },
})
const basket = { lines: [line('book', 3), line('print')], begun: 5, settled: ['ord_0'] }
const settled = (items: unknown) => withoutBought(basket, { id: 'ord_1', items }).lines

describe('withoutBought', () => {
  it('takes out what was bought and no more, and forgets the payment page', () => {
    const items = [
      { slug: 'book', quantity: 2 },
      { slug: 'other', quantity: 1 },
    ]
    expect(withoutBought(basket, { id: 'ord_1', items })).toEqual({
      lines: [line('book', 1), line('print')],
      begun: 0,
      settled: ['ord_1', 'ord_0'],
    })
  })

  it('leaves nothing of a line that was bought as often or more often', () => {
    expect(settled([{ slug: 'book', quantity: 3 }])).toEqual([line('print')])
    expect(settled([{ slug: 'print', quantity: 99 }])).toEqual([line('book', 3)])
  })

  it('adds up two items of one product', () => {
    expect(settled([1, 2].map((quantity) => ({ slug: 'book', quantity })))).toEqual([line('print')])
  })

  it.each([undefined, null, 'book', {}, [null, 7, {}], [{ slug: 'book' }], [{ slug: 'book', quantity: 'many' }]])(
    'takes nothing out for %j',
    (items) => expect(settled(items)).toEqual(basket.lines),
  )

  it('remembers the last 20 orders', () => {
    const earlier = Array.from({ length: 20 }, (_, at) => `ord_${at}`)
    expect(withoutBought({ ...basket, settled: earlier }, { id: 'ord_new' }).settled).toEqual([
      'ord_new',
      ...earlier.slice(0, 19),
    ])
  })
})

describe('moveLines', () => {
  it('renames a line, unless its product is there already', () => {
    const moved = [
      { slug: 'book', moved_to: 'tome' },
      { slug: 'old', moved_to: 'print' },
    ]
    expect(moveLines([line('book', 2), line('print'), line('old')], moved)).toEqual([
      { ...line('book', 2), slug: 'tome' },
      line('print'),
    ])
  })

  it('follows no name that cannot be one', () => {
    expect(moveLines([line('book')], [{ slug: 'book', moved_to: '../x' }])).toEqual([line('book')])
  })
})
