import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
    await take(screen)
} finally {
  await browser.close()
  await site.remove()
}

/** A face that came too late is not used on that page (`font-display: optional`): such a picture is taken again. */
async function take(screen: Screen, tries = 8): Promise<void> {
  if (tries === 0) throw new Error(`${screen.name}: the theme's face never came in time`)
  if (!(await takeOnce(screen))) await take(screen, tries - 1)
}

async function takeOnce({ name, look, open, answer }: Screen): Promise<boolean> {
  const server = await serveSite(site.folder, (question) => answer?.(question) ?? null)
  const context = await browser.newContext(look)
  const page = await context.newPage()
  try {
    await page.goto(`${server.url}/legal/imprint/`)
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await open(page, server.url)
    // A button that was just pressed would look as if a mouse hovered over it.
    await page.mouse.move(0, 0)
    await page.waitForLoadState('networkidle')
    if (!(await page.evaluate(usesFace))) return false
    const picture = join(FOLDER, `${name}.webp`)
    await page.screenshot({ path: picture, type: 'webp', quality: 82 })
    console.log(picture)
    return true
  } finally {
    await context.close()
    await server.close()
  }
}

/** Runs in the page: whether letters in its first face are as wide as those of the fallback. */
function usesFace(): boolean {
  const [face = ''] = getComputedStyle(document.body).fontFamily.split(',')
  const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
  const width = (family: string) => {
    pen.font = `40px ${family}`
    return pen.measureText('How wide is this?').width
  }
  return width(`${face}, monospace`) !== width('monospace')
}
