import type { Shop } from '../../shop/shop-config.ts'
import type { ShelfItem } from './shelf-item.ts'

type Seller = Pick<Shop, 'name' | 'tagline' | 'supportEmail' | 'seller'>
/** A step of the way to a page; `url` is a path. */
export type Crumb = { name: string; url: string }

const CONTEXT = 'https://schema.org'

/**
 * A product of our own in schema.org's words, with what Google asks of a merchant's listing. There is none for a product that
 * others sell, whose price we must not state.
 */
export function structuredData(
  item: ShelfItem & { type: 'direct' },
  siteUrl: string,
  shop: Pick<Shop, 'name'>,
): string {
  const { id, title, summary, pictures, decimal, currency, url, category } = item
  return block({
    '@type': 'Product',
    name: title,
    description: summary || title,
    sku: id,
    url: siteUrl + url,
    ...(pictures.length > 0 && { image: pictures.map((picture) => siteUrl + picture.src) }),
    ...(category && { category }),
    brand: { '@type': 'Brand', name: shop.name },
    offers: {
      '@type': 'Offer',
      price: decimal,
      priceCurrency: currency,
      availability: `${CONTEXT}/InStock`,
      itemCondition: `${CONTEXT}/NewCondition`,
      url: siteUrl + url,
      seller: { '@type': 'Organization', '@id': `${siteUrl}/#shop`, name: shop.name },
    },
  })
}

/** The way to a page, as search results show it in place of the address. */
export function breadcrumbData(crumbs: Crumb[], siteUrl: string): string {
  const step = ({ name, url }: Crumb, index: number) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item: siteUrl + url,
  })
  return block({ '@type': 'BreadcrumbList', itemListElement: crumbs.map(step) })
}

/** Who runs the shop, for its first page. */
export function shopData({ name, tagline, supportEmail, seller }: Seller, siteUrl: string): string {
  const shop = {
    '@type': 'Organization',
    '@id': `${siteUrl}/#shop`,
    name,
    legalName: seller.name,
    url: `${siteUrl}/`,
    logo: `${siteUrl}/favicon.svg`,
    email: supportEmail,
  }
  const site = {
    '@type': 'WebSite',
    '@id': `${siteUrl}/#site`,
    name,
    description: tagline,
    url: `${siteUrl}/`,
    publisher: { '@id': shop['@id'] },
  }
  return block({ '@graph': [shop, site] })
}

/**
 * The text of a `<script type="application/ld+json">`. Only `<` could end that block early; the two line separators are line ends in
 * old JavaScript, for readers that take JSON for it.
 */
function block(thing: Record<string, unknown>): string {
  return JSON.stringify({ '@context': CONTEXT, ...thing })
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
