import { foldText, plainSlug } from './fold-text.ts'

/** The index as it travels: a column for each field, which compresses better than a record for each product. */
export type SearchColumns = {
  titles: string[]
  /** Empty where it is the plain slug of the title. */
  slugs: string[]
  /** What the shop says of the price. */
  prices: string[]
  /** Tags and category, apart by spaces. */
  tags: string[]
  /** What the summary adds: words that are neither in title and tags nor in many summaries, folded. */
  words: string[]
}

/** A product as it is looked for. Folded texts have a space at both ends, so that ` word` is the beginning of one. */
export type Entry = { title: string; url: string; price: string; inTitle: string; inTags: string; inWords: string }

/** Makes the columns ready to be searched. */
export function readIndex({ titles, slugs, prices, tags, words }: SearchColumns): Entry[] {
  return titles.map((title, at) => ({
    title,
    url: `/store/${slugs[at] || plainSlug(title)}/`,
    price: prices[at] ?? '',
    inTitle: ` ${foldText(title)} `,
    inTags: ` ${foldText(tags[at] ?? '')} `,
    inWords: ` ${words[at] ?? ''} `,
  }))
}
