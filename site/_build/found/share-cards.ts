import type { Shop } from '../../../shop/shop-config.ts'
import words from '../../_data/words.ts'
import type { ShelfItem } from '../shelf-item.ts'
import type { ShareCard } from './share-card.ts'

/** The path of the page whose image every page without one of its own shares. */
export const SHOP_CARD = '/'

/** What is on the share images, by the path of the page: the shop's, those of its categories, then each product's. */
export function shareCards(items: ShelfItem[], shop: Pick<Shop, 'name' | 'tagline'>): Map<string, ShareCard> {
  const star = items.find((item) => item.pictures.length > 0)
  const cards = new Map([[SHOP_CARD, { title: shop.tagline, kicker: '', line: '', picture: pictureOf(star) }]])
  for (const item of items) {
    const url = categoryUrl(item.category)
    if (url && item.category && !cards.has(url)) {
      const title = words.head.category(item.category)
      cards.set(url, { title, kicker: words.store.title, line: '', picture: pictureOf(item) })
    }
  }
  for (const item of items) cards.set(item.url, productCard(item))
  return cards
}

/** The path of a category's page; a product without one has none. */
function categoryUrl(category: string | null): string | null {
  return category && `/store/category/${category}/`
}

function productCard(item: ShelfItem): ShareCard {
  const { title, category } = item
  const picture = pictureOf(item)
  // A recommendation never says a price.
  if (item.type === 'affiliate') return { title, kicker: words.product.recommended, line: '', picture }
  const kicker = category ? words.head.category(category) : item.kinds
  return { title, kicker, line: item.isFree ? words.product.freePrice : item.price, picture }
}

function pictureOf(item: ShelfItem | undefined): ShareCard['picture'] {
  return item?.pictures[0] ?? null
}
