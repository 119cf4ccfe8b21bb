import { describe, expect, it } from 'vitest'
import { relatedItems } from '../../site/_build/related-items.ts'
import type { ShelfItem } from '../../site/_build/shelf-item.ts'

const item = (slug: string, category: string | null = null, tags: string[] = [], type = 'direct') =>
  ({ slug, category, tags, type }) as unknown as ShelfItem
const slugs = (all: ShelfItem[], slug: string) =>
  relatedItems(all)
    .get(slug)
    ?.map((other) => other.slug)

describe('what is like a product', () => {
  it('is what follows it in its category, then in its tags, then on the shelf', () => {
    const all = [
      item('a', 'books', ['blue']),
      item('b', 'prints', ['blue']),
      item('c', 'books'),
      item('d'),
      item('e', null, ['blue']),
      item('f', 'books'),
    ]
    expect(slugs(all, 'a')).toEqual(['c', 'f', 'b', 'e'])
    expect(slugs(all, 'f')).toEqual(['a', 'c', 'b', 'd'])
  })

  it('begins again where the shelf ends, and never shows the product itself, nor another twice', () => {
    const all = ['a', 'b', 'c'].map((slug) => item(slug, 'books', ['blue', 'red']))
    expect(slugs(all, 'c')).toEqual(['a', 'b'])
    expect(slugs([item('a')], 'a')).toEqual([])
  })

  it('is never what others sell, though such a page shows what we do', () => {
    const all = [item('a', 'books'), item('tool', 'books', [], 'affiliate'), item('b', 'books')]
    expect(slugs(all, 'a')).toEqual(['b'])
    expect(slugs(all, 'tool')).toEqual(['a', 'b'])
  })

  it('shows every product of a category about as often as any other', () => {
    const all = Array.from({ length: 50 }, (_, at) => item(`p${at}`, 'books'))
    const shown = [...relatedItems(all).values()].flat().map(({ slug }) => slug)
    expect(new Set(shown.map((slug) => shown.filter((other) => other === slug).length))).toEqual(new Set([4]))
  })

  it('takes a few steps for each product, however long the lists are', () => {
    const steps = (count: number) => {
      let asked = 0
      const counted = (at: number) =>
        new Proxy(item(`p${at}`, 'books', ['blue']), {
          get: (target, name) => {
            asked += 1
            return Reflect.get(target, name)
          },
        })
      relatedItems(Array.from({ length: count }, (_, at) => counted(at)))
      return asked
    }
    expect(steps(2000)).toBeLessThanOrEqual(10 * steps(200) + 10)
  })
})
