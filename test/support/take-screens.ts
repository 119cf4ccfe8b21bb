import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createSampleSite } from '../site/build-sample-site.ts'
import { answerIn, type OrderScene, orderScenes, playScene } from '../site/order-scenes.ts'
import { serveSite } from '../site/serve-site.ts'
import { openBrowser } from './browser.ts'

/** Takes the pictures of docs/screens that show the states of an order on a phone; with names after it, only those. */
const FOLDER = 'docs/screens'
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true }
const wanted = process.argv.slice(2)

const site = await createSampleSite()
await site.build([])
const browser = await openBrowser()
try {
  for (const scene of orderScenes.filter(({ name }) => !wanted.length || wanted.includes(name)))
    await take(browser, scene)
} finally {
  await browser.close()
  await site.remove()
}

async function take(browser: Browser, scene: OrderScene): Promise<void> {
  const server = await serveSite(site.folder, (question) => answerIn(scene, question))
  const page = await browser.newPage({ ...PHONE, colorScheme: 'light', reducedMotion: 'reduce' })
  try {
    await page.clock.install()
    await playScene(page, server.url, scene)
    // A button that was just pressed would look as if a mouse hovered over it.
    await page.mouse.move(0, 0)
    const picture = join(FOLDER, `success-${scene.name}-phone.webp`)
    await page.screenshot({ path: picture, type: 'webp', quality: 82 })
    console.log(picture)
  } finally {
    await page.close()
    await server.close()
  }
}
