import { join } from 'node:path'
import type { Database } from '../../../db/database.ts'
import {
  listOldAddresses,
  listRetiredProducts,
  type OldAddress,
  type RetiredProduct,
} from '../../../db/old-addresses.ts'
import type { Shop } from '../../../shop/shop-config.ts'
import type { ShelfItem } from '../shelf-item.ts'
import { type HeadText, headTexts } from './head-texts.ts'
import { makeShareImages } from './make-share-images.ts'
import type { ShareImage } from './share-card.ts'
import { shareCards } from './share-cards.ts'
import { readThemeColours } from './theme-colours.ts'

/** What the heads of the pages and the files for search engines are made from. */
export type Found = {
  items: ShelfItem[]
  heads: Map<string, HeadText>
  /** By the path of the page. */
  shares: Map<string, ShareImage>
  retired: RetiredProduct[]
  moved: OldAddress[]
}

export type FoundParts = {
  shop: Shop
  catalogue: { db: Database; siteUrl: string }
  /** Keeps pictures between builds. */
  cacheFolder: string
  /** How many share images one build draws at most; the next goes on. Drawing 500 takes about 15 seconds of one core. */
  shareImagesPerBuild?: number
}

export const NOTHING_FOUND: Found = { items: [], heads: new Map(), shares: new Map(), retired: [], moved: [] }

/** Where the cache keeps share images, which are drawn from the pictures beside them. */
export function shareFolder(cacheFolder: string): string {
  return join(cacheFolder, 'share')
}

/**
 * Reads old addresses and draws share images; the products' pictures must be in the cache.
 * @throws when the database does not answer, or the theme has a colour that is none
 */
export async function prepareFound(items: ShelfItem[], parts: FoundParts): Promise<Found> {
  const { shop, catalogue, cacheFolder, shareImagesPerBuild = 500 } = parts
  const [retired, moved, colours] = await Promise.all([
    listRetiredProducts(catalogue.db),
    listOldAddresses(catalogue.db),
    readThemeColours(),
  ])
  const cache = { pictures: cacheFolder, folder: shareFolder(cacheFolder), atMost: shareImagesPerBuild }
  const shares = await makeShareImages(shareCards(items, shop), { shopName: shop.name, colours }, cache)
  return { items, heads: headTexts(items, shop), shares, retired, moved }
}
