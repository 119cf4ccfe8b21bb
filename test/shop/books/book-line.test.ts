import { describe, expect, it } from 'vitest'
import { type BookedRow, COLUMNS, csvLine, decimal } from '../../../shop/books/book-line.ts'
import { plain, readPage, tableAfter } from '../../docs/read-markdown.ts'

const ROW: BookedRow = {
  kind: 'sale',
  at: new Date('2026-10-31T23:59:59Z'),
  order_id: 'ord_1234',
  line_id: 'itm_1234',
  title: 'A Book',
  quantity: 1,
  currency: 'eur',
  subtotal: 1900,
  discount: 0,
  tax: 303,
  total: 1900,
  stripe_id: 'cs_1',
  payment_intent: null,
}
const titled = (title: string) => COLUMNS.title?.cell({ ...ROW, title })

describe('a line of the books', () => {
  it.each([
    [1900, 'eur', '19.00'],
    [-5, 'eur', '-0.05'],
    [0, 'eur', '0.00'],
    [1500, 'jpy', '1500'],
    [-7, 'jpy', '-7'],
    [1234, 'kwd', '1.234'],
    [-12, 'kwd', '-0.012'],
    [9_007_199_254_740_991, 'eur', '90071992547409.91'],
  ])('writes %i %s as %s', (minor, currency, text) => {
    expect(decimal(minor, currency)).toBe(text)
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '|cmd', '%x', '＝1'])('guards %j', (title) => {
    expect(titled(title)).toMatch(/^'/)
  })

  it.each(['A Book', '3 + 4 = 7', 'Größe – 1'])('leaves %j as it is', (title) => {
    expect(titled(title)).toBe(title)
  })

  it('quotes what would end a cell, and keeps a title on its line', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f;g'])).toBe('a,"b,c","d""e","f;g"')
    expect(titled('a\r\nb')).toBe('a b')
  })
})

describe('docs/BOOKS.md', () => {
  it('explains every column, in the words of the code', () => {
    const said = tableAfter(readPage('docs/BOOKS.md'), '## The columns').map(([name, what]) => [plain(name), what])
    expect(said).toEqual(Object.entries(COLUMNS).map(([name, { what }]) => [name, what]))
  })
})
