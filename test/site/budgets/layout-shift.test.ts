import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { BOOK, keep, PRINT } from '../basket/basket-scenes.ts'
import { createSampleSite, type SampleSite } from '../build-sample-site.ts'
import { serveSite } from '../serve-site.ts'
import { fullShop } from './full-shop.ts'

const SCREENS = [
  ['phone', { width: 390, height: 844 }],
  ['desk', { width: 1280, height: 860 }],
] as const

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let product: string
beforeAll(async () => {
  site = await createSampleSite()
  await site.build(undefined, await fullShop())
  server = await serveSite(site.folder, () => null)
  browser = await openBrowser()
  product = /<h3><a href="([^"]+)"/.exec(await site.read('store/index.html'))?.[1] ?? ''
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})

const pathOf = (name: string) => (name === 'product' ? product : name)

/** How far a page moves under its reader, from its first byte until it was scrolled to the end: the sum of all layout shifts, in their unit. */
async function shiftOf(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 }
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame)
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top)
      await frame()
    }
    const isIn = (image: HTMLImageElement) =>
      image.complete || new Promise((resolve) => image.addEventListener('load', resolve))
    await Promise.all([...document.images].filter((image) => image.checkVisibility()).map(isIn))
    await frame()
    await frame()
  })
  return page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)
}

describe.each(SCREENS)('on a %s', (_name, viewport) => {
  it.each(['/', '/store/', 'product', '/basket/'])('%s does not move, also with things in the basket', async (name) => {
    const page = await browser.newPage({ viewport })
    await keep(page, { lines: [BOOK, PRINT] })
    expect(await shiftOf(page, pathOf(name))).toBe(0)
    await page.close()
  })
})

describe('a page that moves', () => {
  it('is seen to: one with a banner that comes late', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    await page.route(`**${product}`, async (route) => {
      const html = await (await route.fetch()).text()
      const late = html.replace(/<main[^>]*>/, '$&<p id="late" hidden>A banner that comes late</p>')
      await route.fulfill({ body: late, contentType: 'text/html' })
    })
    await page.addInitScript(() =>
      addEventListener('load', () => setTimeout(() => document.querySelector('#late')?.removeAttribute('hidden'), 100)),
    )
    expect(await shiftOf(page, product)).toBeGreaterThan(0.01)
    await page.close()
  })
})
