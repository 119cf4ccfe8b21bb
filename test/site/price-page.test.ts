import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PRICE_BLANKS, priceWords } from '../../site/_data/price-words.ts'
import plainPages from '../../site/errors/plain-pages.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { serveSite } from './serve-site.ts'

const KEYS = Object.keys(priceWords) as (keyof typeof priceWords)[]
const FILLED = {
  [PRICE_BLANKS.title]: 'Kleine-und-fertige-Dinge-für-Menschen-die-Dinge-machen',
  [PRICE_BLANKS.slug]: 'book',
  [PRICE_BLANKS.seen]: 'HUF 1,250,000.00',
  [PRICE_BLANKS.price]: 'HUF 2,150,000.00',
  [PRICE_BLANKS.link]: '/go/book?seen=215000000-huf',
}

let site: SampleSite
let pages: Record<string, string>
beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  pages = JSON.parse(await site.read('../errors.json')) as Record<string, string>
})
afterAll(() => site.remove())

const blanksIn = (html: string) => [...new Set(html.match(/%\w+%/g))].sort()

describe('the page about a changed price', () => {
  it.each(KEYS)('%s has a place for all that the function knows, as its plain stand-in has', (key) => {
    expect(blanksIn(pages[key] ?? '')).toEqual(Object.values(PRICE_BLANKS).sort())
    expect(blanksIn(plainPages[key])).toEqual(Object.values(PRICE_BLANKS).sort())
  })

  describe('in a browser', () => {
    let browser: Browser
    let server: Awaited<ReturnType<typeof serveSite>>
    beforeAll(async () => {
      for (const key of KEYS) {
        const html = (pages[key] ?? '').replace(/%\w+%/g, (blank) => FILLED[blank] ?? '')
        await writeFile(join(site.folder, `${key}.html`), html)
      }
      server = await serveSite(site.folder, () => null)
      browser = await openBrowser()
    })
    afterAll(async () => {
      await browser?.close()
      await server?.close()
    })

    it.each(KEYS.flatMap((key) => (['light', 'dark'] as const).map((scheme) => [key, scheme] as const)))(
      '%s (%s) fits a screen of 320 pixels, and nothing keeps anybody from using it',
      async (key, colorScheme) => {
        const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme })
        const page = await context.newPage()
        await page.goto(`${server.url}/${key}.html`)
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(width).toBeLessThanOrEqual(320)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
        await context.close()
      },
    )
  })
})
