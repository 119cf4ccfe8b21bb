import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSlug, RESERVED_SLUGS, slugOf } from '../../../shop/catalogue/slug.ts'

describe('isSlug', () => {
  it.each(['a', 'small-and-finished', '1984', 'x'.repeat(80)])('takes %s', (text) => {
    expect(isSlug(text)).toBe(true)
  })

  it.each([
    '',
    'x'.repeat(81),
    'x'.repeat(300),
    '../x',
    '%2e%2e%2f',
    '%00',
    'a\0',
    'A',
    'a b',
    'a_b',
    'book\n',
    '😀',
    'größe',
    "' OR 1=1--",
    'a/b',
  ])('refuses %j', (text) => {
    expect(isSlug(text)).toBe(false)
  })
})

describe('slugOf', () => {
  it.each([
    ['Small & Finished', 'small-finished'],
    ['Größe – Maß', 'grosse-mass'],
    ['  Café   crème ', 'cafe-creme'],
    ["The Seller's Book", 'the-sellers-book'],
    ['日本', ''],
    ['Search', 'search-1'],
    ['-- a --', 'a'],
  ])('makes of %j the address %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug)
  })

  it('makes a slug of any title, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const slug = slugOf(title)
        expect(slug === '' || isSlug(slug)).toBe(true)
        expect(RESERVED_SLUGS).not.toContain(slug)
      }),
    )
  })
})
