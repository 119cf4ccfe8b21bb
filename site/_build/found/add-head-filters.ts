import type { EleventyConfig } from '@11ty/eleventy'
import type { Shop } from '../../../shop/shop-config.ts'
import type { ShelfItem } from '../shelf-item.ts'
import { breadcrumbData, type Crumb, shopData, structuredData } from '../structured-data.ts'
import { clip } from './clip.ts'
import { DESCRIPTION_MAX, type HeadText, pageTitle, TITLE_MAX } from './head-texts.ts'
import type { Found } from './prepare-found.ts'
import { SHOP_CARD } from './share-cards.ts'

/** What a head says of the picture that other sites show. */
export type SharedPicture = { url: string; width: number; height: number; alt: string }

/** Products shown in place of one that is gone. */
const RELATED = 3

/**
 * Adds what the templates ask while pages are rendered. They hand `found` in, since Eleventy keeps the filters of a process's first
 * build, and would keep what that one found.
 */
export function addHeadFilters(eleventy: EleventyConfig, { shop, siteUrl }: { shop: Shop; siteUrl: string }): void {
  eleventy.addFilter('headText', ({ slug }: ShelfItem, found: () => Found): HeadText | undefined =>
    found().heads.get(slug),
  )
  eleventy.addFilter('pageTitle', (title: string) => pageTitle(title, shop.name))
  eleventy.addFilter('headTitle', (title: string) => clip(title, TITLE_MAX))
  eleventy.addFilter('headDescription', (text: string) => clip(text, DESCRIPTION_MAX))
  eleventy.addFilter('sharedPicture', (url: string, found: () => Found, item?: ShelfItem) =>
    sharedPicture(found(), url, item),
  )
  eleventy.addFilter('related', (category: string | null, found: () => Found) => related(found().items, category))
  eleventy.addFilter('structuredData', (item: ShelfItem & { type: 'direct' }) => structuredData(item, siteUrl, shop))
  eleventy.addFilter('breadcrumbData', (crumbs: Crumb[]) => breadcrumbData(crumbs, siteUrl))
  eleventy.addFilter('shopData', () => shopData(shop, siteUrl))
}

/** The page's own image; while none is drawn yet, the product's picture; for every other page that of the shop. */
export function sharedPicture({ shares }: Found, url: string, item?: ShelfItem): SharedPicture | undefined {
  const own = shares.get(url.replace(/page\/\d+\/$/, ''))
  if (own) return own
  const [picture] = item?.pictures ?? []
  if (!picture) return shares.get(SHOP_CARD)
  return { url: picture.src, width: picture.width, height: picture.height, alt: picture.alt }
}

/** Things of our own from the same category, filled up with the first of the shelf. */
export function related(items: ShelfItem[], category: string | null): ShelfItem[] {
  const own = items.filter((item) => item.type === 'direct')
  const near = own.filter((item) => category !== null && item.category === category)
  return [...new Set([...near, ...own])].slice(0, RELATED)
}
