import type { Shop } from '../../../shop/shop-config.ts'
import words from '../../_data/words.ts'
import type { ShelfItem } from '../shelf-item.ts'
import { clip } from './clip.ts'

/** What a search result shows of a page. */
export type HeadText = { title: string; description: string }

/** Characters that search results show; the rest of a title is cut off there. */
export const TITLE_MAX = 70
export const DESCRIPTION_MAX = 160

/**
 * Titles and descriptions by slug. No two are the same, even where a seller's titles or summaries are: search engines take such
 * pages for copies of each other, and show one.
 */
export function headTexts(items: ShelfItem[], shop: Pick<Shop, 'name'>): Map<string, HeadText> {
  const titles = new Set(listTitles(items).map((title) => title.toLowerCase()))
  const descriptions = new Set<string>()
  return new Map(
    items.map((item) => {
      const title = distinctTitle(item.title, titles)
      const description = distinctDescription(describe(item, shop), title, descriptions)
      return [item.slug, { title, description }]
    }),
  )
}

/** Lists have their titles first. */
function listTitles(items: ShelfItem[]): string[] {
  const categories = items.flatMap(({ category }) => (category ? [words.head.category(category)] : []))
  return [words.store.title, ...categories]
}

/** The title of a page with the shop's name behind it, where there is room for both. */
export function pageTitle(title: string, shopName: string): string {
  const both = `${title} · ${shopName}`
  return [...both].length <= TITLE_MAX ? both : clip(title, TITLE_MAX)
}

function distinctTitle(title: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '' : ` (${count})`
    const candidate = `${clip(title, TITLE_MAX - ending.length)}${ending}`
    const key = candidate.toLowerCase()
    if (taken.has(key)) continue
    taken.add(key)
    return candidate
  }
}

/** The title leads where the words alone are not enough; as titles differ, so do the results. */
function distinctDescription(text: string, title: string, taken: Set<string>): string {
  const short = clip(text, DESCRIPTION_MAX)
  const chosen = taken.has(short) ? clip(`${title}: ${text}`, DESCRIPTION_MAX) : short
  taken.add(chosen)
  return chosen
}

function describe({ title, summary, description }: ShelfItem, { name }: Pick<Shop, 'name'>): string {
  return summary.trim() || plainText(description) || `${title}, ${name}`
}

/** Markdown without its marks: for a sentence in a search result, not for a page. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]*>|^\s*[#>*+-]+\s+|[*_`~]+/gm, '')
    .trim()
}
