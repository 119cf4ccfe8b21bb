import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ProductSample, ShelfProduct } from '../../shop/catalogue/product.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite, SITE_URL, sampleDatabase } from './build-sample-site.ts'
import { PIXEL, pixelImage, sampleProducts } from './sample-products.ts'
import { serveSite } from './serve-site.ts'

const SOUND = new URL('../../db/seed/samples/quiet-hours.mp3', import.meta.url)
const audio = {
  kind: 'audio',
  sha256: 'c'.repeat(64),
  alt: 'A listen',
  content_type: 'audio/mpeg',
  seconds: 24.8,
} as const
const pages = { ...pixelImage, kind: 'pdf' as const, alt: 'A page', pages: [pixelImage] } satisfies ProductSample
const description = Array.from({ length: 60 }, (_, line) => `Line ${line} leads [somewhere](/store/?${line}).`).join(
  '\n\n',
)

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let page: Page

beforeAll(async () => {
  site = await createSampleSite()
  const [book, ...others] = sampleProducts as [ShelfProduct, ...ShelfProduct[]]
  const db = sampleDatabase([{ ...book, description, samples: [audio, pages] }, ...others])
  const images = { read: async (sha256: string) => (sha256 === audio.sha256 ? readFile(SOUND) : PIXEL) }
  await site.build([], { catalogue: { db, images, siteUrl: SITE_URL } })
  server = await serveSite(site.folder, () => null)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})
afterEach(() => page.context().close())

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  })
  page = await context.newPage()
  await page.goto(`${server.url}/store/book/`)
}

const firstPicture = () => page.locator('.strip .zoom').first()

describe('pictures', () => {
  it('open over the page, come nearer, and give the focus back', async () => {
    await open()
    await firstPicture().focus()
    await page.keyboard.press('Enter')
    const lens = page.getByRole('dialog', { name: pixelImage.alt })
    await lens.getByRole('img').click()
    expect(await lens.getByRole('img').getAttribute('class')).toBe('near')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.keyboard.press('Escape')
    expect(await lens.isVisible()).toBe(false)
    expect(await firstPicture().evaluate((link) => link === document.activeElement)).toBe(true)
    await firstPicture().click()
    await lens.getByRole('button', { name: 'Close' }).click()
    expect(await lens.isVisible()).toBe(false)
  })

  it('move within their strip when a thumb is pressed, and the page stays where it is', async () => {
    await open({ viewport: { width: 1280, height: 1400 } })
    await page.getByRole('link', { name: 'Picture 2' }).click()
    const strip = page.locator('.gallery .strip')
    await page.waitForFunction((list) => list && list.scrollLeft > list.clientWidth / 2, await strip.elementHandle())
    expect(await page.evaluate(() => [scrollY, location.hash])).toEqual([0, ''])
  })

  it('are links to their files without a script', async () => {
    await open({ javaScriptEnabled: false })
    await firstPicture().click()
    expect(new URL(page.url()).pathname).toMatch(/^\/assets\/images\/.+\.jpeg$/)
  })
})

describe('a sample of sound', () => {
  it('plays and pauses by the shop’s own button, and says where it is', async () => {
    await open()
    await page.getByRole('button', { name: 'Play: A listen' }).click()
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.3)
    await page.getByRole('button', { name: 'Pause: A listen' }).click()
    expect(await page.locator('audio').evaluate((sound: HTMLAudioElement) => sound.paused)).toBe(true)
    const line = page.getByRole('slider', { name: 'Position' })
    expect(Number(await line.inputValue())).toBeGreaterThan(0)
    expect(await line.getAttribute('aria-valuetext')).toMatch(/^0:\d\d \/ 0:24$/)
  })

  it('is not fetched before somebody wants to hear it', async () => {
    await open()
    await page.waitForLoadState('load')
    const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(fetched.filter((name) => name.endsWith('.mp3'))).toEqual([])
    expect(fetched.length).toBeGreaterThan(0)
  })

  it('has the browser’s own controls without a script', async () => {
    await open({ javaScriptEnabled: false })
    expect(await page.locator('audio[controls]').isVisible()).toBe(true)
  })
})

describe('the price and the button at the foot of a phone', () => {
  const phone = { viewport: { width: 390, height: 844 } }
  const bar = () => page.locator('.buy-bar .button')

  it('are there once the button itself is out of sight, without a script too', async () => {
    await open({ ...phone, javaScriptEnabled: false })
    await page.locator('.offer .button').first().scrollIntoViewIfNeeded()
    await expect.poll(() => bar().isVisible()).toBe(false)
    await page.getByText('Line 30 leads').scrollIntoViewIfNeeded()
    await expect.poll(() => bar().isVisible()).toBe(true)
    expect(await bar().getAttribute('href')).toBe('/go/book?seen=1900-eur')
  })

  it('never lie over what has the focus, nor over the end of the page', async () => {
    await open(phone)
    await page.locator('a[href$="?20"]').focus()
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press('Tab')
      const [bottom, top] = await page.evaluate(() => [
        document.activeElement?.getBoundingClientRect().bottom ?? Number.NaN,
        document.querySelector('.buy-bar')?.getBoundingClientRect().top ?? Number.NaN,
      ])
      expect(bottom).toBeLessThanOrEqual(top ?? 0)
    }
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const end = await page.evaluate(() => [
      document.querySelector('.story')?.getBoundingClientRect().bottom ?? Number.NaN,
      document.querySelector('.buy-bar')?.getBoundingClientRect().top ?? Number.NaN,
    ])
    expect(end[0]).toBeLessThanOrEqual(end[1] ?? 0)
  })

  it('are not on a desk, where the button stays in sight by itself', async () => {
    await open()
    await page.getByText('Line 30 leads').scrollIntoViewIfNeeded()
    expect(await bar().isVisible()).toBe(false)
    expect(await page.locator('.offer').getByRole('link', { name: 'Buy now' }).isVisible()).toBe(true)
  })
})
