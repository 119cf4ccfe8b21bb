import { describe, expect, it } from 'vitest'
import { isSlug } from '../../../shop/catalogue/slug.ts'

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
