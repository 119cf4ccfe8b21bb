import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESCRIPTION_MAX, TITLE_MAX } from '../../../site/_build/found/head-texts.ts'
import { createSampleSite, type SampleSite, SITE_URL, sampleDatabase } from '../build-sample-site.ts'
import { PIXEL, sampleProducts } from '../sample-products.ts'
import { readData, readHead } from './read-head.ts'
import { readXml, textOf } from './read-xml.ts'

const SEPARATORS = '</script><script>alert(1)</script>\u2028\u2029'
const [book, sample, mat] = sampleProducts
if (!book || !sample || !mat) throw new Error('the sample shelf has changed')

/** Enough to fill two pages of a list, with titles and summaries that many share. */
const many = Array.from({ length: 40 }, (_, index) => ({
  ...sample,
  id: `prd_many_${index}`,
  slug: `many-${index}`,
  title: `One of ${index % 4}`,
  summary: index % 2 ? '' : 'A summary that many share.',
  category: index % 3 ? 'wall-art' : null,
  tags: ['paper'],
}))
const evil = { ...book, id: 'prd_evil', slug: 'evil', title: SEPARATORS, summary: SEPARATORS, category: 'wall-art' }
const retired = [{ slug: 'old-map', title: 'An Old Map', category: 'wall-art' }]
const moved = [
  { old_slug: 'tome', slug: 'book', status: 'published' },
  { old_slug: 'older-map', slug: 'old-map', status: 'retired' },
]

let site: SampleSite
let pages: { path: string; html: string }[]
const listed = () =>
  pages.map(({ path, html }) => ({ path, html, ...readHead(html) })).filter(({ isHidden }) => !isHidden)

beforeAll(async () => {
  site = await createSampleSite()
  const db = sampleDatabase([...sampleProducts, evil, ...many], { retired, moved })
  await site.build(undefined, { catalogue: { db, images: { read: async () => PIXEL }, siteUrl: SITE_URL } })
  const paths = (await site.files()).filter((path) => path.endsWith('.html'))
  pages = await Promise.all(paths.map(async (path) => ({ path, html: await site.read(path) })))
})
afterAll(() => site.remove())

describe('the head of every page that is listed', () => {
  it('has a title and a description of its own, of a length that search results show', () => {
    const heads = listed()
    expect(heads.length).toBeGreaterThan(45)
    for (const name of ['title', 'description'] as const) {
      const texts = heads.map((head) => head[name])
      expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
      const max = name === 'title' ? TITLE_MAX : DESCRIPTION_MAX
      expect(texts.filter((text) => [...text].length > max || text.trim() === '')).toEqual([])
    }
  })

  it('names its own address as the one to list, also on later pages of a list', () => {
    for (const { path, canonical } of listed())
      expect(canonical).toBe(`${SITE_URL}/${path.replace(/index\.html$/, '')}`)
  })

  it('says to other sites what to show, with an image that is there', async () => {
    const files = new Set(await site.files())
    for (const { path, meta, canonical, description } of listed()) {
      expect(meta['og:url'], path).toBe(canonical)
      expect(meta['og:description'], path).toBe(description)
      expect(meta['twitter:card'], path).toBe('summary_large_image')
      expect(files, path).toContain(meta['og:image']?.replace(`${SITE_URL}/`, ''))
      expect([meta['og:image:width'], meta['og:image:height']], path).toEqual(['1200', '630'])
      expect(meta['og:image:alt'], path).not.toBe('')
    }
  })

  it('has a share image of 1200 by 630 pixels that each product has for itself', async () => {
    const images = ['book', 'sample', 'mat', 'evil'].map((slug) => {
      const page = listed().find(({ path }) => path === `store/${slug}/index.html`)
      return page?.meta['og:image']?.replace(`${SITE_URL}/`, '') ?? ''
    })
    expect(new Set(images).size).toBe(4)
    const { width, height, format } = await sharp(`${site.folder}/${images[0]}`).metadata()
    expect([width, height, format]).toEqual([1200, 630, 'jpeg'])
  })

  it('states a price of our own products alone', () => {
    const meta = (slug: string) =>
      readHead(pages.find(({ path }) => path === `store/${slug}/index.html`)?.html ?? '').meta
    expect(meta('book')).toMatchObject({ 'product:price:amount': '19.00', 'product:price:currency': 'EUR' })
    expect(Object.keys(meta('mat')).filter((name) => name.includes('price'))).toEqual([])
  })
})

describe('structured data', () => {
  const dataOf = async (path: string) => readData(await site.read(path))

  it('has what Google requires of a merchant’s listing: name, image, and an offer with price, currency and availability', async () => {
    const { Product: product } = await dataOf('store/book/index.html')
    expect(product).toMatchObject({
      '@context': 'https://schema.org',
      name: 'A Book & <More>',
      description: 'Everything "quoted" in it.',
      sku: 'prd_book',
      image: [expect.stringMatching(/^https:\/\/shop\.example\.com\/assets\/images\/.*\.jpeg$/), expect.any(String)],
      offers: {
        '@type': 'Offer',
        price: '19.00',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        url: `${SITE_URL}/store/book/`,
        seller: { '@type': 'Organization', name: 'North Window' },
      },
    })
  })

  it('has nothing to offer of what others sell, but the way to its page', async () => {
    expect(Object.keys(await dataOf('store/mat/index.html'))).toEqual(['BreadcrumbList'])
  })

  it('leads to a product step by step, each with position, name and address', async () => {
    const { BreadcrumbList: list } = await dataOf('store/mat/index.html')
    const steps = list?.itemListElement as { position: number; name: string; item: string }[]
    expect(steps.map(({ position }) => position)).toEqual(steps.map((_, index) => index + 1))
    expect(steps.at(-1)).toMatchObject({ name: 'A Cutting Mat', item: `${SITE_URL}/store/mat/` })
    for (const { item } of steps) expect(item).toMatch(/^https:\/\/shop\.example\.com\//)
  })

  it('says on the first page who runs the shop', async () => {
    const { Organization: shop, WebSite: website } = await dataOf('index.html')
    expect(shop).toMatchObject({ name: 'North Window', url: `${SITE_URL}/` })
    expect(website).toMatchObject({ name: 'North Window', publisher: { '@id': shop?.['@id'] } })
  })

  it('cannot be ended or broken by what a title holds', async () => {
    const html = await site.read('store/evil/index.html')
    const [block = ''] = /<script type="application\/ld\+json">.*?<\/script>/s.exec(html) ?? []
    expect(block.slice(35, -9)).not.toMatch(/[<\u2028\u2029]/)
    expect(readData(html).Product).toMatchObject({ name: SEPARATORS })
    expect(html).not.toContain('<script>alert')
  })
})

describe('the files for search engines', () => {
  it('lists every page that may be listed in the sitemap, once, and no other', async () => {
    const urls = readXml(await site.read('sitemap.xml')).children.map((url) => textOf(url, 'loc'))
    expect(urls.toSorted()).toEqual(
      listed()
        .map(({ canonical }) => canonical)
        .toSorted(),
    )
    expect(urls.join(' ')).not.toMatch(/success|purchases|gone|404/)
  })

  it('keeps programs out of what is not for them, and tells them where the sitemap is', async () => {
    const robots = await site.read('robots.txt')
    for (const path of ['/go/', '/basket/', '/success/', '/purchases/', '/admin/'])
      expect(robots).toContain(`Disallow: ${path}\n`)
    expect(robots).toContain(`Sitemap: ${SITE_URL}/sitemap.xml`)
  })

  it('leads from earlier addresses on, and answers 410 for what is gone, also under its earlier address', async () => {
    expect((await site.read('_redirects')).trim().split('\n')).toEqual([
      '/store/old-map/ /gone/old-map/ 410',
      '/store/tome/ /store/book/ 301',
      '/store/older-map/ /gone/old-map/ 410',
    ])
  })

  it('shows something like it in place of what is gone, first from the same category', async () => {
    const html = await site.read('gone/old-map/index.html')
    expect(readHead(html)).toMatchObject({ isHidden: true, canonical: undefined })
    expect(html).toContain('An Old Map')
    const related = [...html.matchAll(/<h3><a href="\/store\/([^/]+)\//g)].map(([, slug]) => slug)
    expect(related).toEqual(['evil', 'many-1', 'many-2'])
  })
})

describe('a shop with next to nothing in it', () => {
  it('is found as well: valid feeds and sitemap, an image to share, no redirect', async () => {
    const empty = await createSampleSite()
    for (const products of [[], [sample]]) {
      await empty.build(products)
      for (const file of ['sitemap.xml', 'feed.xml', 'merchant.xml']) readXml(await empty.read(file))
      expect(await empty.read('_redirects')).toBe('')
      const { meta } = readHead(await empty.read('index.html'))
      expect(await empty.files()).toContain(meta['og:image']?.replace(`${SITE_URL}/`, ''))
    }
    await empty.remove()
  })
})
