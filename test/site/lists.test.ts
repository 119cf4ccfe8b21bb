import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import shop from '../../shop.config.ts'
import { pageNumbers } from '../../site/_build/list-pages.ts'
import { loadShelf } from '../../site/_build/load-shelf.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { sampleProducts } from './sample-products.ts'

const [book, , mat] = sampleProducts as [ShelfProduct, ShelfProduct, ShelfProduct]

/** Product number 0 was published last. */
function product(number: number, extra: Partial<ShelfProduct> = {}): ShelfProduct {
  const day = new Date(Date.UTC(2026, 5, 1) - number * 86_400_000).toISOString().replace('T', ' ').replace('Z', '+00')
  const own = {
    id: `prd_n${number}`,
    slug: `n-${number}`,
    title: `Thing ${number}`,
    position: number,
    published_at: day,
  }
  return {
    ...book,
    images: [],
    ...own,
    category: `kind-${number % 40}`,
    tags: ['all-of-them'],
    ...extra,
  } as ShelfProduct
}

const products = (count: number) => Array.from({ length: count }, (_, number) => product(number))
const linksIn = (html: string) => [...html.matchAll(/href="\/store\/(n-\d+|book|mat)\/"/g)].map(([, slug]) => slug)

let site: SampleSite
beforeAll(async () => {
  site = await createSampleSite()
  const other = { ...mat, position: -1, category: 'kind-0', tags: ['all-of-them'] }
  await site.build([other, ...products(49)])
})
afterAll(() => site.remove())

describe('lists', () => {
  it('shows 24 products a page, our own first and otherwise as the seller positions them', async () => {
    const pages = await Promise.all(['', 'page/2/', 'page/3/'].map((page) => site.read(`store/${page}index.html`)))
    expect(pages.flatMap(linksIn)).toEqual([...products(49).map(({ slug }) => slug), 'mat'])
    expect(pages.map((page) => linksIn(page).length)).toEqual([24, 24, 2])
    expect(await site.files()).not.toContain('store/page/1/index.html')
  })

  it('leads to the pages before and after, for people and in the head', async () => {
    const second = await site.read('store/page/2/index.html')
    expect(second).toContain('<link rel="prev" href="https://shop.example.com/store/">')
    expect(second).toContain('<link rel="next" href="https://shop.example.com/store/page/3/">')
    expect(second).toContain('<a class="pages-step" rel="prev" href="/store/">')
    expect(second).toMatch(/aria-label="Page 2" aria-current="page"/)
    expect(await site.read('store/page/3/index.html')).not.toContain('rel="next"')
    expect(await site.read('store/index.html')).not.toContain('rel="prev"')
  })

  it('has a page for each category and tag, with what is in it and nothing else', async () => {
    expect(linksIn(await site.read('store/category/kind-3/index.html'))).toEqual(['n-3', 'n-43'])
    expect(linksIn(await site.read('store/tag/all-of-them/page/3/index.html'))).toHaveLength(2)
    const html = await site.read('store/category/kind-0/index.html')
    expect(html).toContain('<h1>Kind 0</h1>')
    expect(html.indexOf(shop.affiliate.disclosure)).toBeLessThan(html.indexOf('href="/store/mat/"'))
  })

  it('shows what came last on a list of its own, once there is more than a page', async () => {
    expect(linksIn(await site.read('store/newest/index.html')).slice(0, 24)).toEqual(
      products(23)
        .map(({ slug }) => slug)
        .concat('mat')
        .slice(0, 24),
    )
  })

  it('gives every page of every list a title of its own', async () => {
    const lists = (await site.files()).filter((file) =>
      /^store\/((page|tag|category|newest|search).*\/)?index/.test(file),
    )
    const titles = await Promise.all(lists.map(async (file) => /<title>(.*)<\/title>/.exec(await site.read(file))?.[1]))
    expect(lists.length).toBe(3 + 1 + 1 + 40 + 3)
    expect(new Set(titles).size).toBe(lists.length)
  })

  it('folds many categories away and shows few of them', async () => {
    expect(await site.read('store/index.html')).toMatch(/<details>\s*<summary>All 40 categories/)
    await site.build(products(3))
    const few = await site.read('store/index.html')
    expect(few).not.toContain('<details>')
    expect(few.match(/href="\/store\/category\//g)).toHaveLength(3)
    await site.build([product(1)])
    expect(await site.read('store/index.html')).not.toContain('aria-label="Categories"')
  })

  it.each(['search', 'page', 'tag', 'category', 'newest'])('lets no product take /store/%s/', async (slug) => {
    const db = (async () => [product(1, { slug })]) as unknown as Database
    const catalogue = { db, images: { read: async () => null }, siteUrl: 'https://shop.example.com' }
    await expect(loadShelf(catalogue, shop, 'unused')).rejects.toThrow(`/store/${slug}/ belongs to the store itself`)
  })
})

describe('pageNumbers', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [3, 5, [1, 2, 3, 4, 5]],
    [1, 209, [1, 2, null, 209]],
    [100, 209, [1, null, 99, 100, 101, null, 209]],
    [209, 209, [1, null, 208, 209]],
  ])('of page %i of %i', (page, pages, numbers) => {
    expect(pageNumbers(page, pages)).toEqual(numbers)
  })
})
