import { describe, expect, it } from 'vitest'
import type { AffiliateProduct, DirectProduct } from '../../../shop/catalogue/product.ts'
import { assertOneCurrency, Basket, findUnavailable, priceBasket, slugsOf } from '../../../shop/checkout/basket.ts'
import { InvalidInput, NotFound } from '../../../shop/errors.ts'

const COMMON = { summary: '', description: '', images: [], badges: [], affiliate_url: null }
const BOOK: DirectProduct = {
  ...COMMON,
  type: 'direct',
  id: 'prd_book',
  slug: 'book',
  status: 'published',
  title: 'A Book',
  unit_amount: 1900,
  currency: 'eur',
}
const PRINT: DirectProduct = { ...BOOK, id: 'prd_print', slug: 'print', title: 'A Print', unit_amount: 2500 }
const YEN: DirectProduct = { ...BOOK, id: 'prd_yen', slug: 'yen', currency: 'jpy' }
const TOOL: AffiliateProduct = {
  ...BOOK,
  type: 'affiliate',
  id: 'prd_tool',
  slug: 'tool',
  unit_amount: null,
  currency: null,
  affiliate_url: 'https://www.amazon.com/dp/B000000001',
}
const SHELF = [BOOK, PRINT, YEN, TOOL]

const items = (...slugs: [string, number][]) => ({ items: slugs.map(([slug, quantity]) => ({ slug, quantity })) })

describe('Basket', () => {
  it.each([
    ['one product', items(['book', 1])],
    ['a hundred of one', items(['book', 100])],
    ['fifty lines', items(...Array.from({ length: 50 }, (_, i): [string, number] => [`book-${i}`, 1]))],
    ['the price that the page showed', { items: [{ slug: 'book', quantity: 1, seen_unit_amount: 0 }] }],
  ])('takes %s', (_what, basket) => {
    expect(Basket.parse(basket)).toEqual(basket)
  })

  it.each([0, -1, 1.5, 1e3, 101, 10 ** 9, '01', '1', null, true, Number.NaN, Number.POSITIVE_INFINITY, [1]])(
    'refuses a quantity of %j',
    (quantity) => {
      expect(Basket.safeParse({ items: [{ slug: 'book', quantity }] }).success).toBe(false)
    },
  )

  it.each(['price', 'unit_amount', 'amount', 'currency', 'success_url', 'metadata', 'discount'])(
    'refuses the unknown field %s, in the basket and in a line',
    (field) => {
      expect(Basket.safeParse({ ...items(['book', 1]), [field]: 1 }).success).toBe(false)
      expect(Basket.safeParse({ items: [{ slug: 'book', quantity: 1, [field]: 1 }] }).success).toBe(false)
    },
  )

  it.each([
    null,
    'book',
    7,
    [],
    {},
    { items: {} },
    { items: [] },
    { items: [null] },
    { items: ['book'] },
    { items: [{ slug: 'book' }] },
    { items: [{ quantity: 1 }] },
    { items: [{ slug: 7, quantity: 1 }] },
    { items: [{ slug: 'book', quantity: 1, seen_unit_amount: -1 }] },
    { items: [{ slug: 'book', quantity: 1, seen_unit_amount: '1900' }] },
  ])('refuses %j', (body) => {
    expect(Basket.safeParse(body).success).toBe(false)
  })

  it('refuses 51 lines', () => {
    const lines = Array.from({ length: 51 }, (_, i): [string, number] => [`book-${i}`, 1])
    expect(Basket.safeParse(items(...lines)).success).toBe(false)
  })
})

describe('slugsOf', () => {
  it('names the products of a basket', () => {
    expect(slugsOf(items(['book', 1], ['print', 2]))).toEqual(['book', 'print'])
  })

  it.each(['../book', 'BOOK', '', 'x'.repeat(300), '\0', '😀', "' OR 1=1--", '__proto__'])(
    'C1 knows no product %j',
    (slug) => {
      expect(() => slugsOf(items(['book', 1], [slug, 1]))).toThrow(NotFound)
    },
  )
})

describe('priceBasket', () => {
  it('takes prices, titles and currency from the catalogue, in the order of the basket', () => {
    const basket = { items: [{ slug: 'print', quantity: 2, seen_unit_amount: 1 }, ...items(['book', 1]).items] }
    expect(priceBasket(basket, SHELF)).toEqual([
      { product_id: 'prd_print', slug: 'print', title: 'A Print', unit_amount: 2500, currency: 'eur', quantity: 2 },
      { product_id: 'prd_book', slug: 'book', title: 'A Book', unit_amount: 1900, currency: 'eur', quantity: 1 },
    ])
  })

  it('makes one line of a product that is named twice', () => {
    expect(priceBasket(items(['book', 1], ['print', 1], ['book', 2]), SHELF)).toMatchObject([
      { slug: 'book', quantity: 3 },
      { slug: 'print', quantity: 1 },
    ])
  })

  it('refuses more than a hundred of one, in two lines', () => {
    expect(() => priceBasket(items(['book', 60], ['book', 41]), SHELF)).toThrow(InvalidInput)
  })

  it.each([
    ['unknown', 'nothing'],
    ["another shop's", 'tool'],
  ])('never prices what is %s', (_what, slug) => {
    expect(() => priceBasket(items(['book', 1], [slug, 1]), SHELF)).toThrow(TypeError)
  })
})

describe('findUnavailable', () => {
  it.each([
    ['unknown', items(['nothing', 1]), SHELF, [{ slug: 'nothing', why: 'unknown' }]],
    ['a draft', items(['book', 1]), [{ ...BOOK, status: 'draft' as const }], [{ slug: 'book', why: 'unknown' }]],
    ['retired', items(['book', 1]), [{ ...BOOK, status: 'retired' as const }], [{ slug: 'book', why: 'retired' }]],
    ["another shop's", items(['tool', 1]), SHELF, [{ slug: 'tool', why: 'elsewhere' }]],
    ['twice unknown', items(['x', 1], ['book', 1], ['x', 2]), SHELF, [{ slug: 'x', why: 'unknown' }]],
    ['called as what every object has', items(['constructor', 1]), SHELF, [{ slug: 'constructor', why: 'unknown' }]],
    ['all there', items(['book', 1], ['print', 1]), SHELF, []],
  ])('C2 names what is %s', (_what, basket, shelf, expected) => {
    expect(findUnavailable(basket, shelf)).toEqual(expected)
  })
})

describe('assertOneCurrency', () => {
  it('refuses two', () => {
    const lines = priceBasket(items(['book', 1], ['yen', 1]), SHELF)
    expect(() => assertOneCurrency(lines)).toThrow(InvalidInput)
    expect(() => assertOneCurrency(lines.slice(0, 1))).not.toThrow()
  })
})
