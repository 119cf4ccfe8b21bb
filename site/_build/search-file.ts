import { createHash } from 'node:crypto'
import words from '../_data/words.ts'
import { foldText, plainSlug } from '../assets/ts/search/fold-text.ts'
import type { SearchColumns } from '../assets/ts/search/search-index.ts'
import type { ShelfItem } from './shelf-item.ts'

/** The index that browsers fetch when somebody begins to search; its name carries a hash, so they may keep it for ever. */
export type SearchFile = { url: string; json: string }

/** Words that this share of all summaries has say nothing about a product. */
const COMMON = 0.05
/** Words of summaries in all: a large shop keeps fewer of each, so that the index stays below 150 KB compressed. */
const ROOM = 30_000
const MOST_WORDS = 16
const SHORTEST = 3

/** What a search needs to know of all products, in the seller's order. */
export function searchFile(items: ShelfItem[]): SearchFile {
  const isRare = rareWords(items)
  const most = Math.min(MOST_WORDS, Math.ceil(ROOM / items.length))
  const columns: SearchColumns = {
    titles: items.map(({ title }) => title),
    slugs: items.map(({ title, slug }) => (slug === plainSlug(title) ? '' : slug)),
    prices: items.map(priceOf),
    tags: items.map(tagsOf),
    words: items.map((item) => addedWords(item).filter(isRare).slice(0, most).join(' ')),
  }
  const json = JSON.stringify(columns)
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 10)
  return { url: `/assets/search-${hash}.json`, json }
}

function priceOf(item: ShelfItem): string {
  if (item.type === 'affiliate') return words.store.onAmazon
  return item.isFree ? words.store.free : item.price
}

function tagsOf({ category, tags }: ShelfItem): string {
  return [...new Set([...(category ? [category] : []), ...tags])].join(' ')
}

/** Of the summary, what title and tags do not say already. */
function addedWords(item: ShelfItem): string[] {
  const known = new Set(foldText(`${item.title} ${tagsOf(item)}`).split(' '))
  const all = foldText(item.summary).split(' ')
  return [...new Set(all)].filter((word) => word.length >= SHORTEST && !known.has(word))
}

function rareWords(items: ShelfItem[]): (word: string) => boolean {
  const counts = new Map<string, number>()
  for (const word of items.flatMap(addedWords)) counts.set(word, (counts.get(word) ?? 0) + 1)
  // In a small shop every word is worth its bytes.
  const most = Math.max(20, items.length * COMMON)
  return (word) => (counts.get(word) ?? 0) <= most
}
