import words from '../_data/words.ts'
import type { ShelfItem } from './shelf-item.ts'

/** Products of one page of a list: three rows of a wide screen, and a phone's patience. */
export const PAGE_SIZE = 24

/** What a list is of: everything, a category, a tag, or what came last. */
export type List = { kind: 'all' | 'category' | 'tag' | 'newest'; name: string; url: string; items: ShelfItem[] }

type PageLink = { number: number; url: string; isCurrent: boolean }

/** A page of a list as its template shows it. `links` leave gaps, which are `null`. */
export type ListPage = Omit<List, 'items'> & {
  title: string
  summary: string
  page: number
  pages: number
  /** Products of the whole list. */
  count: number
  /** Address of this page. */
  path: string
  previous: string | null
  next: string | null
  links: (PageLink | null)[]
  direct: ShelfItem[]
  affiliate: ShelfItem[]
}

/** Cuts a list into pages: our own products first, as the seller positions them. A list of nothing has one page that says so. */
export function listPages(list: List): ListPage[] {
  const { items, ...known } = list
  const about = { ...known, ...words.store.lists[list.kind](list.name, items.length) }
  const sorted = [...sold(items, 'direct'), ...sold(items, 'affiliate')]
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE))
  return Array.from({ length: pages }, (_, index) => {
    const shown = sorted.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE)
    const place = placeOf(list.url, index + 1, pages)
    return {
      ...about,
      ...place,
      count: items.length,
      direct: sold(shown, 'direct'),
      affiliate: sold(shown, 'affiliate'),
    }
  })
}

function placeOf(url: string, page: number, pages: number) {
  const at = (number: number) => (number === 1 ? url : `${url}page/${number}/`)
  const link = (number: number): PageLink => ({ number, url: at(number), isCurrent: number === page })
  return {
    page,
    pages,
    path: at(page),
    previous: page > 1 ? at(page - 1) : null,
    next: page < pages ? at(page + 1) : null,
    links: pageNumbers(page, pages).map((number) => (number === null ? null : link(number))),
  }
}

/** First, last, and those around this page; `null` stands for a gap of two or more. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const near = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === pages || Math.abs(number - page) <= 1,
  )
  return near.flatMap((number, index) => {
    const before = near[index - 1] ?? 0
    if (number - before === 2) return [number - 1, number]
    return number - before > 2 ? [null, number] : [number]
  })
}

function sold(items: ShelfItem[], by: ShelfItem['type']): ShelfItem[] {
  return items.filter(({ type }) => type === by)
}
