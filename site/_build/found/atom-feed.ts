import type { Shop } from '../../../shop/shop-config.ts'
import type { ShelfItem } from '../shelf-item.ts'
import { XML_HEAD, xmlElement, xmlText } from './xml.ts'

/** Entries that a feed reader gets to see. */
const NEWEST = 50
/** Atom wants a date even where nothing has ever happened. */
const NEVER = '1970-01-01T00:00:00.000Z'

type FeedShop = Pick<Shop, 'name' | 'tagline' | 'locale' | 'seller'>

/** The newest products as an Atom feed (RFC 4287). It states no price, which would be out of date in every reader. */
export function atomFeed(items: ShelfItem[], shop: FeedShop, siteUrl: string): string {
  const newest = items.toSorted((a, b) => b.published.localeCompare(a.published)).slice(0, NEWEST)
  const updated = newest.map((item) => later(item.updated.at, item.published)).reduce(later, NEVER)
  const lines = [
    xmlElement('id', `${siteUrl}/feed.xml`),
    xmlElement('title', shop.name),
    xmlElement('subtitle', shop.tagline),
    xmlElement('updated', updated),
    `<author>${xmlElement('name', shop.seller.name)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${xmlText(siteUrl)}/feed.xml"/>`,
    `<link rel="alternate" type="text/html" href="${xmlText(siteUrl)}/"/>`,
    ...newest.map((item) => entry(item, siteUrl)),
  ]
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(shop.locale)}">`
  return `${XML_HEAD}${feed}\n${lines.join('\n')}\n</feed>\n`
}

function entry(item: ShelfItem, siteUrl: string): string {
  const lines = [
    xmlElement('id', entryId(item, siteUrl)),
    xmlElement('title', item.title),
    xmlElement('published', item.published),
    xmlElement('updated', later(item.updated.at, item.published)),
    `<link rel="alternate" type="text/html" href="${xmlText(siteUrl + item.url)}"/>`,
    ...(item.summary ? [xmlElement('summary', item.summary)] : []),
    `<content type="html">${xmlText(content(item, siteUrl))}</content>`,
  ]
  return `<entry>\n${lines.join('\n')}\n</entry>`
}

/** Both in UTC and of one form, so the texts sort as the moments do. */
function later(one: string, other: string): string {
  return [one, other].toSorted().at(-1) ?? one
}

/** Never the page's address, which a new slug would change: every reader would show the product as new. */
function entryId({ id, published }: ShelfItem, siteUrl: string): string {
  return `tag:${new URL(siteUrl).hostname},${published.slice(0, 10)}:${id}`
}

/** HTML, which the caller escapes once more as XML. */
function content({ title, summary, pictures }: ShelfItem, siteUrl: string): string {
  const [first] = pictures
  const picture = first
    ? `<p><img src="${xmlText(siteUrl + first.src)}" width="${first.width}" height="${first.height}" alt="${xmlText(first.alt)}"></p>`
    : ''
  return `${picture}<p>${xmlText(summary || title)}</p>`
}
