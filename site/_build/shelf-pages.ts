import type { BrowsableShelf } from './load-shelf.ts'

/** A page to be rendered: `template` goes into the layout of all pages, `data` to both. */
export type ShelfPage = { url: string; template: string; data: Record<string, unknown> }

/** The pages that there are more of the more there is for sale: those of the lists, and one for each product. */
export function* shelfPages(shelf: Pick<BrowsableShelf, 'all' | 'pages'>): Generator<ShelfPage> {
  for (const list of shelf.pages)
    yield { url: list.path, template: 'pages/list.njk', data: { list, look: 'list', section: 'store' } }
  for (const item of shelf.all) yield { url: item.url, template: 'pages/product.njk', data: { item, look: 'product' } }
}
