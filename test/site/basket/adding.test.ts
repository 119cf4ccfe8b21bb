import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addWords } from '../../../site/_data/basket-words.ts'
import { BOOK, KEY, keep, kept, SAMPLE } from './basket-scenes.ts'
import { openStage } from './basket-stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let page: Page

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())
beforeEach(async () => {
  await stage.begin()
  page = await stage.openTab()
})
afterEach(() => expect(stage.said.complaints).toEqual([]))

const button = (tab = page) => tab.locator('button[data-seen]')
const count = (tab = page) => tab.locator('.basket-count')
const status = (tab = page) => tab.locator('.basket-add [role=status]')
const open = (slug: string, tab = page) => tab.goto(`${stage.url}/store/${slug}/`)

describe('adding a product', () => {
  it('keeps what the page showed, says that it is in, leads to it, and counts it in the header', async () => {
    await open('book')
    await button().click()
    expect(await button().textContent()).toBe(addWords.in)
    expect(await count().textContent()).toBe('1')
    expect((await kept(page)).lines).toEqual([{ ...BOOK, quantity: 1 }])
    await status().getByRole('link', { name: addWords.go }).click()
    await page.waitForURL('**/basket/')
    expect(await page.locator('.basket-title').allTextContents()).toEqual([BOOK.title])
  })

  it('adds once, however often it is pressed, and keeps the reader’s place', async () => {
    await open('book')
    await button().dblclick()
    await button().press('Enter')
    await button().press('Space')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(addWords.in)
    expect((await kept(page)).lines).toMatchObject([{ slug: 'book', quantity: 1 }])
    await page.reload()
    await expect.poll(() => button().getAttribute('aria-disabled')).toBe('true')
  })

  it('is in step with other tabs: added there, removed there', async () => {
    const other = await stage.openTab()
    await open('book')
    await open('book', other)
    await button(other).click()
    await expect.poll(() => button().textContent()).toBe(addWords.in)
    await other.evaluate(() => localStorage.clear())
    await expect.poll(() => button().textContent()).toBe('Add to basket')
    expect([await count().textContent(), await status().textContent()]).toEqual(['', ''])
  })

  it('takes no second currency, and says why', async () => {
    await open('book')
    await button().click()
    await open('yen')
    await button().click()
    expect(await status().textContent()).toBe(addWords.currency)
    expect((await kept(page)).lines).toHaveLength(1)
  })

  it('takes no 51st product', async () => {
    const lines = Array.from({ length: 50 }, (_, at) => ({ ...SAMPLE, slug: `other-${at}` }))
    await keep(page, { lines })
    await open('book')
    await button().click()
    expect(await status().textContent()).toBe(addWords.full(50))
    expect((await kept(page)).lines).toEqual(lines)
  })

  it('says so where the browser has no room, and loses nothing of what is kept', async () => {
    await keep(page, { lines: [SAMPLE] })
    await page.addInitScript(() => {
      sessionStorage.setItem('seeded', '1')
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await open('book')
    await button().click()
    expect([await status().textContent(), await button().textContent()]).toEqual([addWords.unkept, 'Add to basket'])
    expect((await kept(page)).lines).toEqual([SAMPLE])
  })

  it.each([
    '{"lines":',
    '[[[[',
    JSON.stringify({ lines: [{ slug: { toString: 1 } }, null, { __proto__: 1 }] }),
    JSON.stringify({ lines: { length: 9e9 } }),
    'x'.repeat(1_000_000),
  ])('begins anew where what is kept is damaged (%#)', async (text) => {
    await keep(page, text)
    await open('book')
    await button().click()
    expect((await kept(page)).lines).toMatchObject([{ slug: 'book' }])
  })
})

describe('where there is no basket', () => {
  it('is neither a button nor a link: a browser that keeps nothing', async () => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      }),
    )
    await open('book')
    await page.waitForLoadState('networkidle')
    for (const part of ['.basket-link', '.basket-add']) expect(await page.locator(part).isVisible()).toBe(false)
    expect(await page.locator('a[href^="/go/book"]').first().isVisible()).toBe(true)
    await page.goto(`${stage.url}/basket/`)
    await page.getByText('This browser keeps no basket').waitFor()
  })

  it('is neither a button nor a link: without JavaScript, with “Buy now” as it was', async () => {
    await stage.begin({ javaScriptEnabled: false })
    page = await stage.openTab()
    await open('book')
    for (const part of ['.basket-link', '.basket-add']) expect(await page.locator(part).isVisible()).toBe(false)
    expect(await page.locator('a[href="/go/book?seen=1900-eur"]').first().isVisible()).toBe(true)
    await page.goto(`${stage.url}/basket/`)
    expect(await page.locator('.basket').isVisible()).toBe(false)
    expect(await page.locator('main').textContent()).toContain('The basket needs JavaScript')
  })

  it('offers nothing of another shop’s', async () => {
    await open('mat')
    await page.waitForLoadState('networkidle')
    expect(await button().count()).toBe(0)
  })
})

describe('a paid order', () => {
  const paid = (id: string, ...items: object[]) => ({
    status: 200,
    body: { state: 'paid', order: { id, total: 1900, currency: 'eur', items }, downloads: [] },
  })
  const arrive = async (search: string, title: RegExp) => {
    await page.goto(`${stage.url}/success/${search}`)
    await page.locator('#order h2').filter({ hasText: title }).waitFor()
  }
  const quantities = async () => (await kept(page)).lines.map(({ slug, quantity }) => [slug, quantity])
  const lines = [BOOK, SAMPLE]

  it('takes out what it has bought, once, and counts the rest in the header', async () => {
    await keep(page, { lines, begun: Date.now() })
    stage.said.answers = [paid('ord_1', { slug: 'book', quantity: 1 }, { slug: 'other', quantity: 5 })]
    await arrive('?session_id=cs_test_1', /Your order is paid/)
    await expect.poll(quantities).toEqual([
      ['book', 1],
      ['sample', 1],
    ])
    expect(await count().textContent()).toBe('2')
    await page.reload()
    await page
      .locator('#order h2')
      .filter({ hasText: /Your order is paid/ })
      .waitFor()
    expect(await quantities()).toEqual([
      ['book', 1],
      ['sample', 1],
    ])
    expect((await kept(page)).begun).toBe(0)
  })

  it('empties the tab beside it', async () => {
    await keep(page, { lines: [BOOK] })
    const other = await stage.openTab()
    await page.goto(`${stage.url}/basket/`)
    await other.goto(`${stage.url}/basket/`)
    await other.locator('.basket-line').waitFor()
    stage.said.answers = [paid('ord_1', { slug: 'book', quantity: 2 })]
    await arrive('?session_id=cs_test_1', /Your order is paid/)
    await other.getByText('Nothing in it yet').waitFor()
  })

  it.each([
    ['is still under way', '?session_id=cs_test_1', { status: 202, body: { state: 'processing' } }, /being confirmed/],
    ['has expired', '?session_id=cs_test_1', { status: 410, body: { state: 'expired' } }, /expired/],
    ['is opened from its receipt', '?access=x.y', paid('ord_1', { slug: 'book', quantity: 2 }), /is paid/],
  ])('leaves the basket alone while it %s', async (_what, search, answer, title) => {
    await keep(page, { lines })
    stage.said.answers = [answer]
    await arrive(search, title)
    expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBe(JSON.stringify({ lines }))
  })

  it('keeps nothing in a browser that has no basket', async () => {
    stage.said.answers = [paid('ord_1', { slug: 'book', quantity: 1 })]
    await arrive('?session_id=cs_test_1', /is paid/)
    expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull()
  })
})
