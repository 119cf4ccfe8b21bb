import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import shop from '../../shop.config.ts'
import { loadShelf } from '../../site/_build/load-shelf.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { imaginedProducts, pagingDatabase } from './large-shelf.ts'
import { PIXEL } from './sample-products.ts'
import { serveSite } from './serve-site.ts'

const images = { read: async () => PIXEL }
const siteUrl = 'https://shop.example.com'
const products = imaginedProducts(5000)
const [first] = products.map(({ title }) => title)

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let page: Page

beforeAll(async () => {
  site = await createSampleSite()
  const { db } = pagingDatabase(products)
  await site.build(undefined, { catalogue: { db, images, siteUrl }, shareImagesPerBuild: 0 })
  server = await serveSite(site.folder, () => null)
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})

const weigh = async (path: string) => gzipSync(await site.read(path)).byteLength
const combobox = () => page.getByRole('combobox', { name: 'Search the store' })
const options = () => page.getByRole('option')

describe('a shelf of 5,000 products', () => {
  it('has a page for every product, and each on one page of the list', async () => {
    const files = await site.files()
    expect(files.filter((file) => /^store\/page\/\d+\/index\.html$/.test(file))).toHaveLength(Math.ceil(5000 / 24) - 1)
    expect(files).toEqual(expect.arrayContaining(products.map(({ slug }) => `store/${slug}/index.html`)))
  })

  it('weighs no more for its size: a page of the list, a category, a product, the index', async () => {
    expect(await weigh('store/index.html')).toBeLessThan(13_000)
    expect(await weigh('store/page/100/index.html')).toBeLessThan(13_000)
    expect(await weigh('store/category/books/index.html')).toBeLessThan(13_000)
    expect(await weigh(`store/${products[0]?.slug}/index.html`)).toBeLessThan(13_000)
    const files = await site.files()
    const index = files.find((file) => /^assets\/search-\w+\.json$/.test(file)) ?? ''
    const script = files.find((file) => /^assets\/search-\w+\.js$/.test(file)) ?? ''
    expect(await weigh(index)).toBeLessThan(150_000)
    expect(await weigh(script)).toBeLessThan(8_000)
  })

  it('is paged through by thumb, and each link is large enough for one', async () => {
    await page.goto(`${server.url}/store/`)
    await page.getByRole('link', { name: 'Next page' }).click()
    await page.waitForURL('**/store/page/2/')
    for (const link of await page.getByRole('navigation', { name: 'Pages of this list' }).getByRole('link').all()) {
      const box = await link.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    await page.getByRole('link', { name: 'Page 209' }).click()
    await page.waitForURL('**/store/page/209/')
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  it('leads into a category', async () => {
    await page.goto(`${server.url}/store/`)
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: /^Icons/ })
      .click()
    await page.waitForURL('**/store/category/icons/')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Icons')
  })

  it('asks for the index when somebody begins to search, and not before', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${server.url}/store/`, { waitUntil: 'networkidle' })
    expect(asked.filter((path) => path.endsWith('.json'))).toEqual([])
    const [answer] = await Promise.all([page.waitForResponse(/search-\w+\.json$/), combobox().focus()])
    expect(answer.status()).toBe(200)
  })

  it('suggests while somebody types, in less time than anybody notices, and opens what the arrow keys chose', async () => {
    await page.goto(`${server.url}/store/`)
    await combobox().fill('warm')
    await combobox().fill(first ?? '')
    await options().first().waitFor()
    const took = await page.evaluate(`new Promise((resolve) => {
      const [input, list] = [document.querySelector('#q'), document.querySelector('#suggestions')]
      const began = performance.now()
      new MutationObserver(() => resolve(performance.now() - began)).observe(list, { childList: true })
      input.value = 'harbour'
      input.dispatchEvent(new Event('input'))
    })`)
    expect(took).toBeLessThan(100)
    await combobox().fill(first ?? '')
    await page.keyboard.press('ArrowDown')
    expect(await options().first().getAttribute('aria-selected')).toBe('true')
    expect(await combobox().getAttribute('aria-activedescendant')).toBe('suggestion-0')
    await page.keyboard.press('Escape')
    expect(await options().count()).toBe(0)
    await combobox().fill(`${first} `)
    await options().first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/store/${products[0]?.slug}/`)
  })

  it('shows all results on a page of their own, also for a word with a mistake in it', async () => {
    await page.goto(`${server.url}/store/`)
    await combobox().fill('harbuor')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/store/search/?q=harbuor')
    const status = page.getByRole('status')
    await expect.poll(() => status.textContent()).toMatch(/^\d+ products for “harbuor”$/)
    expect(await page.getByRole('listitem').filter({ hasText: 'Harbour' }).count()).toBeGreaterThan(8)
  })

  it('has no violation that axe finds: list, suggestions, results', async () => {
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])
    await page.goto(`${server.url}/store/page/100/`)
    await combobox().fill('harbour')
    await options().first().waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await violations()).toEqual([])
    await page.goto(`${server.url}/store/search/?q=harbour`)
    await page.getByText(/products for “harbour”/).waitFor()
    expect(await violations()).toEqual([])
  })

  it('leads to everything without JavaScript', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const tab = await plain.newPage()
    await tab.goto(`${server.url}/store/`)
    await tab.getByRole('combobox').fill('harbour')
    await tab.getByRole('button', { name: 'Search' }).click()
    await tab.waitForURL('**/store/search/?q=harbour')
    expect(await site.read('store/search/index.html')).toMatch(/<noscript>.*The search needs JavaScript/)
    await tab.getByRole('link', { name: /^Books/ }).click()
    await tab.waitForURL('**/store/category/books/')
    await plain.close()
  })
})

describe('the queries of a build', () => {
  it.each([
    [1, 1],
    [999, 1],
    [2999, 3],
  ])('for %i products: %i of the shelf', async (count, queries) => {
    const { db, asked } = pagingDatabase(products.slice(0, count).map((product) => ({ ...product, images: [] })))
    const { all } = await loadShelf({ db, images, siteUrl }, shop, 'unused')
    expect(all).toHaveLength(count)
    expect(asked).toHaveLength(queries)
  })
})
