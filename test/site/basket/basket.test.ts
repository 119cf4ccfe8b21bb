import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_LINES, MOST_OF_ONE, readBasket, readQuantity } from '../../../site/assets/ts/basket/basket.ts'

const BOOK = {
  slug: 'book',
  title: 'A Book',
  thumb: '/assets/images/abc-400.webp',
  unit_amount: 1900,
  currency: 'eur',
  quantity: 2,
}
const NOTHING = { lines: [], begun: 0, settled: [] }
const reading = (lines: unknown, more: object = {}) => readBasket(JSON.stringify({ lines, ...more }))

describe('readBasket', () => {
  it('reads back what was kept', () => {
    const basket = { lines: [BOOK], begun: 1_764_000_000_000, settled: ['ord_1'] }
    expect(readBasket(JSON.stringify(basket))).toEqual(basket)
  })

  it.each([
    null,
    '',
    '{',
    'null',
    '7',
    '"book"',
    '[]',
    '{"lines":7}',
    '{"lines":{"length":3}}',
    '['.repeat(100_000),
    '{"__proto__":{"lines":[{"slug":"book"}]}}',
    '{"lines":[null,7,"book",[],{}]}',
    '{"settled":[{},7,null],"begun":{"valueOf":1}}',
  ])('is empty for %j', (text) => {
    expect(readBasket(text)).toEqual(NOTHING)
  })

  it.each([
    ['slug', '../book'],
    ['slug', '__proto__'],
    ['slug', 'BOOK'],
    ['slug', ['book']],
    ['slug', { toString: 1 }],
    ['slug', '"><script>'],
    ['title', ''],
    ['title', { toString: 1 }],
    ['unit_amount', -1],
    ['unit_amount', 1.5],
    ['unit_amount', '1900'],
    ['unit_amount', null],
    ['unit_amount', 1e12],
    ['currency', 'EUR'],
    ['currency', 'euro'],
    ['currency', 7],
  ])('leaves out a line whose %s is %j', (field, value) => {
    expect(
      reading([
        { ...BOOK, [field]: value },
        { ...BOOK, slug: 'print' },
      ]).lines,
    ).toMatchObject([{ slug: 'print' }])
  })

  it.each([
    'https://evil.example/x.webp',
    '//evil.example/x.webp',
    'javascript:alert(1)',
    '/assets/images/../../x.webp',
    '/download?token=x',
    7,
    null,
  ])('shows no picture from %j', (thumb) => {
    expect(reading([{ ...BOOK, thumb }]).lines).toEqual([{ ...BOOK, thumb: '' }])
  })

  it('takes names of what every object has for names', () => {
    const lines = ['constructor', 'tostring', 'hasownproperty'].map((slug) => ({ ...BOOK, slug }))
    expect(reading(lines).lines).toEqual(lines)
  })

  it('keeps the first of two lines of one product, at most 50 lines, and titles of a length that can be read', () => {
    const many = Array.from({ length: 80 }, (_, at) => ({ ...BOOK, slug: `book-${at}` }))
    expect(reading(many).lines).toEqual(many.slice(0, MOST_LINES))
    expect(reading([BOOK, { ...BOOK, quantity: 9 }]).lines).toEqual([BOOK])
    expect(reading([{ ...BOOK, title: 'x'.repeat(1e6) }]).lines[0]?.title).toHaveLength(200)
  })

  it('never throws, and never gives a line that the checkout would not read', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(BOOK)))
    const line = fc.record(
      { slug: value, title: value, thumb: value, unit_amount: value, currency: value, quantity: value },
      { requiredKeys: [] },
    )
    const kept = fc.record({ lines: fc.oneof(fc.array(line), fc.jsonValue()), begun: value, settled: value })
    fc.assert(
      fc.property(fc.oneof(kept, fc.jsonValue()), (some) => {
        for (const { slug, quantity, unit_amount, currency } of readBasket(JSON.stringify(some)).lines) {
          expect(slug).toMatch(/^[a-z0-9-]{1,80}$/)
          expect(currency).toMatch(/^[a-z]{3}$/)
          expect(quantity >= 1 && quantity <= MOST_OF_ONE && unit_amount >= 0).toBe(true)
          expect(Number.isSafeInteger(quantity * unit_amount * MOST_LINES)).toBe(true)
        }
      }),
    )
  })
})

describe('readQuantity', () => {
  it.each([
    [1, 1],
    [100, 100],
    [101, 100],
    [1e9, 100],
    [0, 1],
    [-5, 1],
    [1.5, 1],
    ['7', 1],
    [null, 1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
  ])('makes %j into %j', (value, quantity) => {
    expect(readQuantity(value)).toBe(quantity)
  })
})
