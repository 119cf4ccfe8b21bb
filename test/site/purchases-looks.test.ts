import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { manyKinds, playScene, purchaseScenes } from './purchase-scenes.ts'
import { serveSite } from './serve-site.ts'

const LOOKS: [string, BrowserContextOptions][] = [
  ['light, on a desk', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['dark, on a phone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
]

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  server = await serveSite(site.folder, () => null)
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})
afterEach(() => context.close())

const scenes = purchaseScenes.map((scene) => [scene.name, scene] as const)

async function expectNoOverflow(): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(widths)
  expect(scrollWidth).toBe(clientWidth)
}

async function play(name: string): Promise<void> {
  const scene = purchaseScenes.find((one) => one.name === name)
  if (!scene) throw new Error(`there is no scene ${name}`)
  await playScene(page, server.url, scene)
}

describe.each(LOOKS)('purchases, %s', (_name, look) => {
  beforeEach(async () => {
    context = await browser.newContext({ ...look, reducedMotion: 'reduce' })
    page = await context.newPage()
  })

  it.each(scenes)('are open to everybody: %s', async (_name, scene) => {
    await playScene(page, server.url, scene)
    const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    expect(passes.map(({ id }) => id)).toContain('color-contrast')
    await expectNoOverflow()
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoOverflow()
  })
})

describe('purchases', () => {
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
  })

  it.each(['enter', 'orders', 'no-orders', 'busy'])('hold their place while they come: %s', async (name) => {
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, 'value'))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await play(name)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const shifts: number[] = await page.evaluate(() => Reflect.get(window, 'shifts'))
    expect(shifts.reduce((sum, one) => sum + one, 0)).toBeLessThan(0.02)
  })

  it('print as a receipt on one sheet, without the page around it', async () => {
    await play('receipt')
    await page.emulateMedia({ media: 'print' })
    for (const gone of ['.masthead', '.colophon', 'h1', '.portal-help', '.receipt-ways'])
      expect(await page.locator(gone).isVisible(), gone).toBe(false)
    const text = await page.locator('.receipt').textContent()
    const amounts = ['€19.00', '−€7.00', '€12.00']
    for (const said of ['North Window, owner Mara Lindqvist', 'ada@example.com', manyKinds[1]?.id, ...amounts])
      expect(text).toContain(said)
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1)
  })

  it('can be read at twice the size of the text', async () => {
    await page.setViewportSize({ width: 640, height: 900 })
    await play('orders')
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    await expectNoOverflow()
  })

  it('keep their forms and files apart where the system chooses the colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    await play('orders')
    const edges = await page.locator('.purchase, .state-good').evaluateAll((parts) =>
      parts.map((part) => {
        const { borderTopStyle } = getComputedStyle(part, part.matches('.state') ? '::before' : null)
        return borderTopStyle
      }),
    )
    expect(new Set(edges)).toEqual(new Set(['solid']))
  })
})

/** An element itself would arrive without its properties. */
function widths() {
  const { scrollWidth, clientWidth } = document.documentElement
  return { scrollWidth, clientWidth }
}
