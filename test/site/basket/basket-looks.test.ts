import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { createSampleSite, type SampleSite } from '../build-sample-site.ts'
import { type Answer, serveSite } from '../serve-site.ts'
import { BOOK, basketScenes, keep, playScene } from './basket-scenes.ts'

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let context: BrowserContext
let answer: Answer | null

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  server = await serveSite(site.folder, () => answer)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})
afterEach(() => context.close())

async function openPage(look: BrowserContextOptions): Promise<Page> {
  context = await browser.newContext({ reducedMotion: 'reduce', ...look })
  return context.newPage()
}

async function expectNoOverflow(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(widths)
  expect(scrollWidth).toBe(clientWidth)
}

async function expectNoViolation(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
}

/** Light on a desk, dark on the smallest phone: every state has both, and each text either colour. */
async function expectOpenToAll(page: Page): Promise<void> {
  await expectNoViolation(page)
  await expectNoOverflow(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoViolation(page)
  await expectNoOverflow(page)
}

const desk = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const

describe('the basket, light and dark, on a desk and at 320 pixels', () => {
  it.each(basketScenes.map((scene) => [scene.name, scene] as const))(
    'is open to everybody: %s',
    async (_name, scene) => {
      answer = scene.answer ?? null
      const page = await openPage(desk)
      await playScene(page, server.url, scene)
      await expectOpenToAll(page)
    },
  )

  it('is open to everybody beside a product: to add, and added', async () => {
    const page = await openPage(desk)
    await page.goto(`${server.url}/store/book/`)
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByRole('link', { name: 'Go to the basket' }).waitFor()
    await expectOpenToAll(page)
  })
})

describe('the basket', () => {
  it('can be read at twice the size of the text', async () => {
    const page = await openPage({ viewport: { width: 640, height: 900 } })
    await keep(page, { lines: [BOOK] })
    await page.goto(`${server.url}/basket/`)
    await page.getByRole('button', { name: /^One more/ }).waitFor()
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    await expectNoOverflow(page)
  })

  it('has targets that a thumb can hit, and that stay apart where the system chooses the colours', async () => {
    const page = await openPage({ viewport: { width: 390, height: 844 }, forcedColors: 'active' })
    await keep(page, { lines: [BOOK] })
    await page.goto(`${server.url}/basket/`)
    for (const control of await page.locator('.stepper > *, .basket-bill .button').all()) {
      const box = await control.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    const edge = await page.locator('.stepper input').evaluate((input) => getComputedStyle(input).borderTopStyle)
    expect(edge).toBe('solid')
  })

  it.each(['/basket/', '/store/book/', '/store/'])('moves nothing when it comes: %s', async (path) => {
    const page = await openPage({ viewport: { width: 390, height: 844 } })
    await keep(page, { lines: [BOOK] })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, 'value'))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(server.url + path)
    await page.locator('.basket-count').filter({ hasText: '2' }).waitFor()
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const shifts: number[] = await page.evaluate(() => Reflect.get(window, 'shifts'))
    expect(shifts.reduce((sum, one) => sum + one, 0)).toBeLessThan(0.02)
  })
})

/** An element itself would arrive without its properties. */
function widths() {
  const { scrollWidth, clientWidth } = document.documentElement
  return { scrollWidth, clientWidth }
}
