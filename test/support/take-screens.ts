import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createSampleSite } from '../site/build-sample-site.ts'
import { openDemoShop } from '../site/demo-shop.ts'
import { serveSite } from '../site/serve-site.ts'
import { openBrowser } from './browser.ts'
import { functionScreens } from './screens/function-screens.ts'
import { orderScreens } from './screens/order-screens.ts'
import { purchaseScreens } from './screens/purchase-screens.ts'
import type { Screen } from './screens/screen.ts'
import { shopScreens } from './screens/shop-screens.ts'

/** Takes the pictures of docs/screens from the demo shop; with beginnings of names after it, only those. */
const FOLDER = 'docs/screens'
const wanted = process.argv.slice(2)

const shop = await openDemoShop()
const site = await createSampleSite()
await site.build([], { ...shop.parts, cacheFolder: '.cache/pictures' })
await shop.close()
const errors = JSON.parse(await readFile(join(site.folder, '..', 'errors.json'), 'utf8')) as Record<string, string>
const screens = [...shopScreens, ...orderScreens, ...purchaseScreens, ...functionScreens(errors)]
const browser = await openBrowser()
try {
  for (const screen of screens.filter(({ name }) => !wanted.length || wanted.some((word) => name.startsWith(word))))
    await take(browser, screen)
} finally {
  await browser.close()
  await site.remove()
}

async function take(browser: Browser, { name, look, open, answer }: Screen): Promise<void> {
  const server = await serveSite(site.folder, (question) => answer?.(question) ?? null)
  const context = await browser.newContext(look)
  const page = await context.newPage()
  try {
    // The face of the letters is used from the second page on, if the first did not wait for it.
    await page.goto(`${server.url}/legal/imprint/`)
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await open(page, server.url)
    // A button that was just pressed would look as if a mouse hovered over it.
    await page.mouse.move(0, 0)
    await page.waitForLoadState('networkidle')
    const picture = join(FOLDER, `${name}.webp`)
    await page.screenshot({ path: picture, type: 'webp', quality: 82 })
    console.log(picture)
  } finally {
    await context.close()
    await server.close()
  }
}
