import { headWords } from '../_data/head-words.ts'
import { type List, PAGE_SIZE } from './list-pages.ts'
import type { ShelfItem } from './shelf-item.ts'

/** A category or a tag: what its address has, what people read, and how many products are in it. */
export type Group = { slug: string; name: string; url: string; count: number }

/** All lists of a shop, and what leads to them. */
export type ShelfLists = { lists: List[]; categories: Group[]; tags: Group[] }

/** Puts products into the lists that a shop of their number needs; `newest` only when not all are on one page. */
export function shelfLists(all: ShelfItem[]): ShelfLists {
  const categories = groups('category', all, ({ category }) => (category ? [category] : []))
  const tags = groups('tag', all, ({ tags }) => tags)
  const everything: List = { kind: 'all', name: '', url: '/store/', items: all }
  const newest: List = { kind: 'newest', name: '', url: '/store/newest/', items: latest(all) }
  const lists = [everything, ...(all.length > PAGE_SIZE ? [newest] : []), ...categories, ...tags]
  return { lists, categories: byName(categories), tags: byName(tags) }
}

function groups(kind: 'category' | 'tag', all: ShelfItem[], slugsOf: (item: ShelfItem) => string[]): List[] {
  const found = new Map<string, ShelfItem[]>()
  for (const item of all)
    for (const slug of new Set(slugsOf(item))) {
      const items = found.get(slug) ?? []
      found.set(slug, items)
      items.push(item)
    }
  return [...found].map(([slug, items]) => ({
    kind,
    name: headWords.category(slug),
    url: `/store/${kind}/${slug}/`,
    items,
  }))
}

function byName(lists: List[]): Group[] {
  const group = ({ name, url, items }: List) => ({ slug: url.split('/').at(-2) ?? '', name, url, count: items.length })
  return lists.map(group).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function latest(all: ShelfItem[]): ShelfItem[] {
  return all.toSorted((a, b) => (a.published < b.published ? 1 : -1)).slice(0, PAGE_SIZE)
}
