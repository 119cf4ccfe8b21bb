import type { Page } from 'playwright-core'
import { type PurchaseScene, playScene, purchaseScenes } from '../../site/purchase-scenes.ts'
import type { Answer } from '../../site/serve-site.ts'
import { type Screen, screensOf } from './screen.ts'

const WANTED = ['enter', 'orders', 'receipt']
/** What the scenes sell, and what the demo shop does: titles, names of files, slugs. */
const DRESSED: [RegExp, string][] = [
  [/A Book & <More>/g, 'Small and Finished'],
  [/a-book/g, 'small-and-finished'],
  [/"slug":"book"/g, '"slug":"small-and-finished"'],
]

/** The portal: both ways in, the orders, a receipt. */
export const purchaseScreens: Screen[] = purchaseScenes
  .filter(({ name }) => WANTED.includes(name))
  .flatMap((scene) => {
    const open = (page: Page, url: string) => playScene(page, url, { ...scene, ...dress(scene) })
    return screensOf({ name: `purchases-${scene.name}`, open })
  })

function dress({ doors = {} }: PurchaseScene): Pick<PurchaseScene, 'doors'> {
  const text = DRESSED.reduce((json, [from, to]) => json.replace(from, to), JSON.stringify(doors))
  return { doors: JSON.parse(text) as Record<string, Answer> }
}
