import type { Shop } from '../../../shop/shop-config.ts'
import type { ShelfItem } from '../shelf-item.ts'
import { clip } from './clip.ts'
import { XML_HEAD, xmlElement } from './xml.ts'

type Direct = ShelfItem & { type: 'direct' }

/** Lengths that Google allows: support.google.com/merchants/answer/7052112 */
const MOST = { id: 50, title: 150, description: 5000, pictures: 11, productType: 750 }

/**
 * What we sell ourselves as Google Merchant Center reads it: RSS 2.0 with its `g:` elements. Google lists nothing without a picture and
 * nothing that is free; what others sell is not ours to list.
 */
export function merchantFeed(items: ShelfItem[], shop: Pick<Shop, 'name' | 'tagline'>, siteUrl: string): string {
  const listed = items.filter((item) => item.type === 'direct').filter(mayBeListed)
  const lines = [
    xmlElement('title', shop.name),
    xmlElement('link', `${siteUrl}/`),
    xmlElement('description', shop.tagline),
    ...listed.map((item) => entry(item, shop.name, siteUrl)),
  ]
  const rss = '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">'
  return `${XML_HEAD}${rss}\n<channel>\n${lines.join('\n')}\n</channel>\n</rss>\n`
}

function mayBeListed({ isFree, pictures }: Direct): boolean {
  return !isFree && pictures.length > 0
}

function entry(item: Direct, brand: string, siteUrl: string): string {
  const [first = '', ...more] = item.pictures.slice(0, MOST.pictures).map((picture) => siteUrl + picture.src)
  const lines = [
    xmlElement('g:id', item.id.slice(0, MOST.id)),
    xmlElement('g:title', clip(item.title, MOST.title)),
    xmlElement('g:description', clip(item.summary || item.title, MOST.description)),
    xmlElement('g:link', siteUrl + item.url),
    xmlElement('g:image_link', first),
    ...more.map((url) => xmlElement('g:additional_image_link', url)),
    xmlElement('g:availability', 'in_stock'),
    xmlElement('g:price', `${item.decimal} ${item.currency}`),
    xmlElement('g:condition', 'new'),
    xmlElement('g:brand', clip(brand, 70)),
    // Our own goods have neither a GTIN nor a manufacturer's number.
    xmlElement('g:identifier_exists', 'no'),
    ...(item.category ? [xmlElement('g:product_type', item.category)] : []),
  ]
  return `<item>\n${lines.join('\n')}\n</item>`
}
