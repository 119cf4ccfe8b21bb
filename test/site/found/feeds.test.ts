import { describe, expect, it } from 'vitest'
import shop from '../../../shop.config.ts'
import { atomFeed } from '../../../site/_build/found/atom-feed.ts'
import { merchantFeed } from '../../../site/_build/found/merchant-feed.ts'
import { SITE_URL } from '../build-sample-site.ts'
import { sampleProducts } from '../sample-products.ts'
import { childrenOf, readXml, textOf } from './read-xml.ts'
import { shelfItems } from './shelf-items.ts'

const HOSTILE = ']]> </title><script>alert(1)</script> & "x" \u0000\u0008\ufffe 🪟'
const hostile = sampleProducts.map((product) => ({ ...product, title: HOSTILE, summary: HOSTILE }))
const ABSOLUTE = /^https:\/\/shop\.example\.com\//

describe('atomFeed', () => {
  const feedOf = (products = sampleProducts) => readXml(atomFeed(shelfItems(products), shop, SITE_URL))

  it('has what RFC 4287 requires of a feed and of each entry, with absolute addresses', () => {
    const feed = feedOf()
    expect([feed.name, feed.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom'])
    for (const name of ['id', 'title', 'updated', 'author']) expect(childrenOf(feed, name), name).toHaveLength(1)
    const entries = childrenOf(feed, 'entry')
    expect(entries).toHaveLength(3)
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated', 'link', 'content'])
        expect(childrenOf(entry, name), name).toHaveLength(1)
      expect(childrenOf(entry, 'link')[0]?.attributes.href).toMatch(ABSOLUTE)
      expect(textOf(entry, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(textOf(entry, 'content')).not.toMatch(/(src|href)="\//)
    }
  })

  it('keeps the id of an entry when its product gets another slug, title or date of change', () => {
    const ids = (products: typeof sampleProducts) =>
      childrenOf(feedOf(products), 'entry').map((entry) => textOf(entry, 'id'))
    const changed = sampleProducts.map((product) => ({
      ...product,
      slug: `${product.slug}-2`,
      title: 'New',
      updated_at: '2027-01-01 00:00:00+00',
    }))
    expect(ids(changed)).toEqual(ids(sampleProducts))
    expect(new Set(ids(sampleProducts)).size).toBe(3)
  })

  it('holds whatever a title holds as text, in the feed and in the HTML within it', () => {
    const [entry] = childrenOf(feedOf(hostile), 'entry')
    if (!entry) throw new Error('no entry')
    expect(textOf(entry, 'title')).toBe(']]> </title><script>alert(1)</script> & "x"  🪟')
    expect(textOf(entry, 'content')).not.toContain('<script>')
    expect(textOf(entry, 'content')).toContain('&lt;script&gt;')
  })

  it('lists the newest first, 50 at most, and states no price', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...sampleProducts[0],
      slug: `p-${index}`,
      title: `P ${index}`,
      published_at: `2026-01-01 00:${String(index).padStart(2, '0')}:00+00`,
    })) as typeof sampleProducts
    const entries = childrenOf(feedOf(many), 'entry')
    expect(entries).toHaveLength(50)
    expect(textOf(entries[0] as never, 'title')).toBe('P 59')
    expect(atomFeed(shelfItems(), shop, SITE_URL)).not.toMatch(/[€$£]|1900|19\.00/)
  })

  it('is a feed with no products too', () => {
    expect(childrenOf(feedOf([]), 'entry')).toEqual([])
    expect(textOf(feedOf([]), 'updated')).toMatch(/^1970/)
  })
})

describe('merchantFeed', () => {
  const itemsOf = (products = sampleProducts) => {
    const rss = readXml(merchantFeed(shelfItems(products), shop, SITE_URL))
    expect([rss.attributes.version, rss.attributes['xmlns:g']]).toEqual(['2.0', 'http://base.google.com/ns/1.0'])
    return childrenOf(rss.children[0] as never, 'item')
  }

  it('lists what we sell for money and can show, and nothing of anybody else', () => {
    expect(itemsOf().map((item) => textOf(item, 'g:link'))).toEqual([`${SITE_URL}/store/book/`])
    expect(itemsOf([])).toEqual([])
  })

  it('has every field that Google requires of a product without a GTIN', () => {
    const [item] = itemsOf()
    if (!item) throw new Error('no item')
    const fields = Object.fromEntries(item.children.map(({ name, text }) => [name, text]))
    expect(fields).toMatchObject({
      'g:id': 'prd_book',
      'g:title': 'A Book & <More>',
      'g:description': 'Everything "quoted" in it.',
      'g:image_link': expect.stringMatching(/^https:.*\.jpeg$/),
      'g:availability': 'in_stock',
      'g:price': '19.00 EUR',
      'g:condition': 'new',
      'g:identifier_exists': 'no',
    })
  })

  it('writes prices in the digits of their currency, and hostile titles as text', () => {
    const [item] = itemsOf(
      hostile.map((product) =>
        product.type === 'direct' ? { ...product, unit_amount: 1500, currency: 'jpy' } : product,
      ),
    )
    expect(textOf(item as never, 'g:price')).toBe('1500 JPY')
    expect(textOf(item as never, 'g:title')).toContain('<script>')
  })
})
