import type { Page } from 'playwright-core'
import { basketWords as words } from '../../../site/_data/basket-words.ts'
import type { BasketLine } from '../../../site/assets/ts/basket/basket.ts'
import { pixelImage } from '../sample-products.ts'
import type { Answer } from '../serve-site.ts'

/** Where a browser keeps the basket; changing it loses the baskets of all who have one. */
export const KEY = 'till.basket.1'

const line = (slug: string, title: string, unit_amount: number, quantity = 1): BasketLine => {
  return { slug, title, thumb: `/assets/images/${pixelImage.sha256}-1.webp`, unit_amount, currency: 'eur', quantity }
}

export const BOOK = line('book', 'A Book & <More>', 1900, 2)
export const PRINT = line('print', 'A print with a long name that needs more than one line on a phone', 2500)
export const SAMPLE = line('sample', 'A Sample', 0)
const YEN = { ...line('yen', 'In Yen', 1500), currency: 'jpy' }

/** A state of /basket/ as a buyer meets it: what the browser has kept, what the shop answers, what the buyer does, what tells that it is there. */
export type BasketScene = {
  name: string
  kept?: object
  answer?: Answer
  act?: (page: Page) => Promise<void>
  shows: string
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const pay = press(words.pay)
const both = { lines: [BOOK, PRINT] }
const refusal = (status: number, items?: object[], headers?: Record<string, string>): Answer => {
  return {
    status,
    body: { error: { code: 'x', message: 'x', request_id: 'x' }, ...(items && { items }) },
    ...(headers && { headers }),
  }
}
const changed = (slug: string, unit_amount: number) =>
  refusal(409, [{ slug, seen_unit_amount: 1900, unit_amount, currency: 'eur' }])
const asked = (name: string, answer: Answer | undefined, shows: string): BasketScene => {
  return { name, kept: both, ...(answer && { answer }), act: pay, shows }
}

/** Every state that a buyer can meet, by a name. */
export const basketScenes: BasketScene[] = [
  { name: 'empty', shows: words.empty.title },
  { name: 'one', kept: { lines: [{ ...BOOK, quantity: 1 }] }, shows: 'One product' },
  { name: 'several', kept: { lines: [BOOK, PRINT, SAMPLE] }, shows: '3 products' },
  { name: 'free', kept: { lines: [SAMPLE] }, shows: words.getFree },
  { name: 'removed', kept: both, act: press(words.removeOne(BOOK.title)), shows: words.removed(BOOK.title) },
  {
    name: 'removed-all',
    kept: { lines: [BOOK] },
    act: press(words.removeOne(BOOK.title)),
    shows: words.empty.title,
  },
  { name: 'begun', kept: { ...both, begun: Date.now() - 1000 }, shows: 'Nothing is charged unless you pay there.' },
  asked('price-changed', changed('book', 2100), words.changed.title),
  asked('now-free', changed('book', 0), words.changed.title),
  asked('gone', refusal(410, [{ slug: 'print', moved_to: null }]), words.missing.title),
  asked(
    'all-gone',
    refusal(
      410,
      [BOOK, PRINT].map(({ slug }) => ({ slug, moved_to: null })),
    ),
    words.missing.title,
  ),
  asked('busy', refusal(429, undefined, { 'retry-after': '40' }), words.busy.title),
  asked('offline', undefined, words.offline.title),
  asked('down', refusal(503), words.down.title),
  asked('refused', refusal(502), words.refused.title),
  { name: 'two-currencies', kept: { lines: [BOOK, YEN] }, shows: words.currencies.title },
]

/** Puts what a browser has kept there before the page's first script, once: what the page keeps afterwards stays. */
export async function keep(page: Page, kept: unknown): Promise<void> {
  const text = typeof kept === 'string' ? kept : JSON.stringify(kept)
  await page.addInitScript(
    ([key, value]) => {
      if (!sessionStorage.getItem('seeded')) localStorage.setItem(key, value)
      sessionStorage.setItem('seeded', '1')
    },
    [KEY, text] as const,
  )
}

/** What the browser keeps now. */
export async function kept(page: Page): Promise<{ lines: BasketLine[]; begun: number; settled: string[] }> {
  return JSON.parse(await page.evaluate((key) => localStorage.getItem(key) ?? '{}', KEY))
}

/** Brings a page into the scene; the server answers. */
export async function playScene(page: Page, url: string, scene: BasketScene): Promise<void> {
  if (scene.kept) await keep(page, scene.kept)
  await page.goto(`${url}/basket/`)
  await page.locator('#basket .basket-main').waitFor()
  await scene.act?.(page)
  await page.locator('#basket').getByText(scene.shows).first().waitFor()
}
