import type { Shop } from '../../../shop/shop-config.ts'
import type { BuiltPage } from '../built-page.ts'
import { atomFeed } from './atom-feed.ts'
import { merchantFeed } from './merchant-feed.ts'
import type { Found } from './prepare-found.ts'
import { redirectsFile } from './redirects-file.ts'
import { sitemapFiles } from './sitemap.ts'

/** The files for programs that stand beside the pages, by their path: sitemap, feeds, redirects. */
export function foundFiles(
  found: Found,
  pages: BuiltPage[],
  { shop, siteUrl }: { shop: Shop; siteUrl: string },
): Record<string, string> {
  return {
    ...sitemapFiles(listedPages(found, pages), siteUrl),
    'feed.xml': atomFeed(found.items, shop, siteUrl),
    'merchant.xml': merchantFeed(found.items, shop, siteUrl),
    _redirects: redirectsFile(found.moved, found.retired),
  }
}

/** Lists are as new as the newest product. */
function listedPages({ items }: Found, pages: BuiltPage[]) {
  const changes = new Map(items.map((item) => [item.url, item.updated.date]))
  const newest = [...changes.values()].reduce((last, date) => (date > last ? date : last), '')
  const changed = (url: string) => changes.get(url) ?? (isList(url) ? newest || undefined : undefined)
  return pages.filter((page) => page.isListed).map(({ url }) => ({ url, changed: changed(url) }))
}

function isList(url: string): boolean {
  return url === '/' || url.startsWith('/store/')
}
