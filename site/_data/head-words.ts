/** What the heads of pages, search results and share images say beside a page's own words. */
export const headWords = {
  /** A later page of a list, whose title and description must differ from the first one's. */
  page: (text: string, number: number) => `${text.replace(/\.$/, '')}, page ${number}`,
  /** What a search result says of a list: of the first one what the store says, of the others what is in them. */
  list: ({ kind, title, summary }: { kind: string; title: string; summary: string }, shopName: string) =>
    kind === 'all' ? summary : `${title} at ${shopName}: ${summary}`,
  /** A category's name for people: `sound-and-music` becomes `Sound and music`, and `pdf`, which nobody can say as a word, `PDF`. */
  category: (slug: string) => {
    const words = slug.split('-').map((word) => (/^[^aeiouy]+$/.test(word) ? word.toUpperCase() : word))
    const name = words.join(' ')
    return name.charAt(0).toUpperCase() + name.slice(1)
  },
}

/** The page of a product that is no longer for sale. */
export const retiredWords = {
  related: 'Perhaps one of these instead',
}
