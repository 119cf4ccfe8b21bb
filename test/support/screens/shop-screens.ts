import type { Page } from 'playwright-core'
import { basketPageWords } from '../../../site/_data/basket-words.ts'
import { type Screen, screensOf } from './screen.ts'

const BOOK = '/store/small-and-finished/'
const SOUND = '/store/quiet-hours/'
const RECOMMENDED = '/store/the-elements-of-typographic-style/'

/** The shop as visitors see it, on a phone and on a desk, by day and by night. */
export const shopScreens: Screen[] = [
  page('home', '/'),
  page('store', '/store/'),
  page('category', '/store/category/books/'),
  page('product', BOOK),
  page('product-inside', BOOK, '.sample'),
  page('product-sound', SOUND, '.sample'),
  page('product-licence', SOUND, '.licence'),
  page('affiliate', RECOMMENDED),
  { name: 'basket', open: fillBasket },
  page('not-found', '/404.html'),
  page('legal', '/legal/refunds/'),
].flatMap((place) => screensOf(place))

/** A page of the shop, moved up to a part of it. */
function page(name: string, path: string, part?: string) {
  const open = async (tab: Page, url: string) => {
    await tab.goto(url + path)
    if (part)
      await tab
        .locator(part)
        .first()
        .evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 40))
  }
  return { name, open }
}

async function fillBasket(tab: Page, url: string): Promise<void> {
  for (const path of [BOOK, SOUND]) {
    await tab.goto(url + path)
    await tab.getByRole('button', { name: basketPageWords.add }).click()
    await tab.locator('.basket-add [role=status]:not(:empty)').waitFor()
  }
  await tab.goto(`${url}/basket/`)
  await tab.getByText('2 products').first().waitFor()
}
