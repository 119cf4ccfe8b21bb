import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DESCRIPTION_MAX, headTexts, pageTitle, TITLE_MAX } from '../../../site/_build/found/head-texts.ts'
import type { ShelfItem } from '../../../site/_build/shelf-item.ts'
import { shelfItems } from './shelf-items.ts'

const shop = { name: 'North Window' }
const [first] = shelfItems()
const item = (slug: string, parts: Partial<ShelfItem> = {}) => ({ ...first, slug, ...parts }) as ShelfItem
const lengths = (texts: string[]) => Math.max(...texts.map((text) => [...text].length))

describe('headTexts', () => {
  it('tells products apart that a seller gave the same title, summary, or the name of a list', () => {
    const same = { title: 'A Poster', summary: 'On paper.' }
    const texts = headTexts(
      [item('a', same), item('b', same), item('c', { ...same, title: 'a poster' }), item('d', { title: 'Store' })],
      shop,
    )
    expect([...texts.values()].map(({ title }) => title)).toEqual([
      'A Poster',
      'A Poster (2)',
      'a poster (3)',
      'Store (2)',
    ])
    expect(texts.get('b')?.description).toBe('A Poster (2): On paper.')
  })

  it('finds words where the seller wrote no summary, without the marks of Markdown', () => {
    const described = item('a', {
      summary: '',
      description: '## Why\n\n* It is **good**, see [the list](https://x.example).',
    })
    expect(headTexts([described], shop).get('a')?.description).toBe('Why It is good, see the list.')
    expect(headTexts([item('b', { title: 'A Kite', summary: '', description: '' })], shop).get('b')?.description).toBe(
      'A Kite, North Window',
    )
  })

  it('never says the same twice, and never more than search results show', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    const few = fc.constantFrom('A', 'A (2)', 'a', 'long '.repeat(40), `${'long '.repeat(39)}too`)
    const shelf = fc.array(
      fc.record({ title: fc.oneof(few, text), summary: fc.oneof(fc.constantFrom('', 'B'), text) }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(shelf, (products) => {
        const heads = [
          ...headTexts(
            products.map((product, index) => item(`p-${index}`, product)),
            shop,
          ).values(),
        ]
        const titles = heads.map(({ title }) => title)
        const descriptions = heads.map(({ description }) => description)
        expect(new Set(titles).size).toBe(products.length)
        expect(new Set(descriptions).size).toBe(products.length)
        expect(lengths(titles)).toBeLessThanOrEqual(TITLE_MAX)
        expect(lengths(descriptions)).toBeLessThanOrEqual(DESCRIPTION_MAX)
      }),
      { numRuns: 200 },
    )
  })
})

describe('pageTitle', () => {
  it('names the shop where there is room for it', () => {
    expect(pageTitle('A Poster', 'North Window')).toBe('A Poster · North Window')
    expect(pageTitle('x'.repeat(65), 'North Window')).toBe('x'.repeat(65))
  })
})
