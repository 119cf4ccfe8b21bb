import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { createSampleSite } from '../site/build-sample-site.ts'
import { answerIn, type OrderScene, orderScenes, playScene } from '../site/order-scenes.ts'
import { serveSite } from '../site/serve-site.ts'
import { openBrowser } from './browser.ts'

/**
 * Takes the pictures of docs/screens that show the states of an order on a phone, and the first of them on a desk; with names of states
 * after it, only those.
 */
const FOLDER = 'docs/screens'
const DESK = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1 }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true }
const wanted = process.argv.slice(2)

const site = await createSampleSite()
await site.build([])
const browser = await openBrowser()
try {
  for (const scene of orderScenes.filter(({ name }) => !wanted.length || wanted.includes(name))) {
    await take(browser, scene, { name: `success-${scene.name}-phone`, look: PHONE })
    if (scene.name === 'paid') await take(browser, scene, { name: 'success-desktop', look: DESK })
  }
} finally {
  await browser.close()
  await site.remove()
}

type Picture = { name: string; look: BrowserContextOptions }

async function take(browser: Browser, scene: OrderScene, { name, look }: Picture): Promise<void> {
  const server = await serveSite(site.folder, (question) => answerIn(scene, question))
  const page = await browser.newPage({ ...look, colorScheme: 'light', reducedMotion: 'reduce' })
  try {
    await page.clock.install()
    await playScene(page, server.url, scene)
    // A button that was just pressed would look as if a mouse hovered over it.
    await page.mouse.move(0, 0)
    const picture = join(FOLDER, `${name}.webp`)
    await page.screenshot({ path: picture, type: 'webp', quality: 82 })
    console.log(picture)
  } finally {
    await page.close()
    await server.close()
  }
}
