import type { ShelfItem } from './shelf-item.ts'

/** One row on a desk. */
const MOST = 4

/**
 * What a product's page shows as like it, by slug: things of our own that follow it in its category, then in its tags, then on the shelf,
 * so that each is shown by others about as often as it shows some. Every list is walked for a few steps only: time grows with the shelf.
 * Recommendations are never among them: what Amazon sells stays apart from what we sell.
 */
export function relatedItems(all: ShelfItem[]): Map<string, ShelfItem[]> {
  const own = all.filter(({ type }) => type === 'direct')
  const shelf = new Ring(own)
  const rings = ringsOf(own)
  return new Map(all.map((item) => [item.slug, nearest(item, [...keysOf(item).map((key) => rings.get(key)), shelf])]))
}

/** Some products in the shop's order, of which the last is followed by the first. */
class Ring {
  readonly #items: ShelfItem[]
  readonly #places: Map<string, number>

  constructor(items: ShelfItem[]) {
    this.#items = items
    this.#places = new Map(items.map(({ slug }, place) => [slug, place]))
  }

  /** The next ones after a product; after one that is not among them, the first ones. */
  after({ slug }: ShelfItem, count: number): ShelfItem[] {
    const place = this.#places.get(slug) ?? -1
    const steps = Math.min(count, this.#items.length)
    return Array.from({ length: steps }, (_, step) => this.#items[(place + 1 + step) % this.#items.length] as ShelfItem)
  }
}

function ringsOf(items: ShelfItem[]): Map<string, Ring> {
  const groups = new Map<string, ShelfItem[]>()
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return new Map([...groups].map(([key, group]) => [key, new Ring(group)]))
}

function keysOf({ category, tags }: ShelfItem): string[] {
  return [...(category ? [`category ${category}`] : []), ...tags.map((tag) => `tag ${tag}`)]
}

function nearest(item: ShelfItem, rings: (Ring | undefined)[]): ShelfItem[] {
  const found = new Set<ShelfItem>()
  for (const ring of rings) {
    // As many as could all be known already, and the product itself.
    for (const next of ring?.after(item, 2 * MOST) ?? []) if (next !== item && found.size < MOST) found.add(next)
    if (found.size === MOST) break
  }
  return [...found]
}
