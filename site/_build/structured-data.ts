import type { ShelfItem } from './shelf-item.ts'

/**
 * A product of our own in schema.org's words, as the text of a `<script type="application/ld+json">`: only `<` could end that
 * block early. There is none for a product that others sell, whose price we must not state.
 */
export function structuredData(item: ShelfItem & { type: 'direct' }, siteUrl: string, brand: string): string {
  const { title, summary, pictures, decimal, currency, url } = item
  const offer = {
    price: decimal,
    priceCurrency: currency,
    availability: 'https://schema.org/InStock',
    url: siteUrl + url,
  }
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: title,
    description: summary,
    image: pictures.map((picture) => siteUrl + picture.src),
    brand: { '@type': 'Brand', name: brand },
    offers: { '@type': 'Offer', ...offer },
  }
  return JSON.stringify(product).replaceAll('<', '\\u003c')
}
