import { describe, expect, it } from 'vitest'
import { findChangedPrices } from '../../../shop/checkout/changed-prices.ts'
import { BOOK } from '../orders/observed-session.ts'

const line = { ...BOOK, slug: 'book', unit_amount: 1900, currency: 'eur' }
const asked = (...shown: object[]) => ({ items: shown.map((one) => ({ slug: 'book', quantity: 1, ...one })) })
const changesOf = (...shown: object[]) => findChangedPrices(asked(...shown), [line])

describe('findChangedPrices', () => {
  it.each([
    ['the page said nothing', [{}]],
    ['it is the same', [{ seen_unit_amount: 1900, seen_currency: 'eur' }]],
    ['it is the same and no currency was named', [{ seen_unit_amount: 1900 }]],
  ])('finds nothing when %s', (_when, shown) => {
    expect(changesOf(...shown)).toEqual([])
  })

  it.each([
    ['dearer', { seen_unit_amount: 1500 }, { amount: 1500, currency: 'eur' }],
    ['cheaper', { seen_unit_amount: 2500 }, { amount: 2500, currency: 'eur' }],
    ['no longer free', { seen_unit_amount: 0 }, { amount: 0, currency: 'eur' }],
    ['in another currency', { seen_unit_amount: 1900, seen_currency: 'usd' }, { amount: 1900, currency: 'usd' }],
  ])('finds a product that is %s', (_how, shown, seen) => {
    const now = { amount: 1900, currency: 'eur' }
    expect(changesOf(shown)).toEqual([{ slug: 'book', title: line.title, seen, now }])
  })

  it('names a product once, even if two lines of the basket saw old prices', () => {
    expect(changesOf({ seen_unit_amount: 1 }, { seen_unit_amount: 2 })).toHaveLength(1)
    expect(changesOf({ seen_unit_amount: 1900 }, { seen_unit_amount: 2 })).toHaveLength(1)
  })

  it('holds each product against its own price, and names every one that has changed', () => {
    const print = { ...line, slug: 'print', unit_amount: 2500 }
    const saw = (book: number, print: number) => [
      { slug: 'book', quantity: 1, seen_unit_amount: book },
      { slug: 'print', quantity: 1, seen_unit_amount: print },
    ]
    const changed = (book: number, other: number) =>
      findChangedPrices({ items: saw(book, other) }, [line, print]).map(({ slug, now }) => [slug, now.amount])
    expect(changed(1900, 2500)).toEqual([])
    expect(changed(1900, 1900)).toEqual([['print', 2500]])
    expect(changed(1, 1)).toEqual([
      ['book', 1900],
      ['print', 2500],
    ])
  })
})
