import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { askDatabase } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

let shop: ShopProcess
let folder: string
let browser: Browser
let context: BrowserContext
let page: Page
let problems: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-basket-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  context = await browser.newContext()
  page = await context.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(error.message))
})
afterEach(async () => {
  await context.close()
  expect(problems).toEqual([])
})

const BOOK = { slug: 'small-and-finished', title: 'Small and Finished' }
const FACE = { slug: 'casement-display', title: 'Casement Display' }
const count = () => page.locator('.basket-count').textContent()
const titles = (tab = page) => tab.locator('.basket-title').allTextContents()
const isAtPayment = () => page.waitForURL(`${shop.servicesUrl}/checkout/**`)

async function addFromShelf({ slug }: { slug: string }): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Store' }).click()
  await page.locator(`a[href="/store/${slug}/"]`).first().click()
  await page.getByRole('button', { name: 'Add to basket' }).click()
}

describe('a buyer who wants several things', () => {
  it('puts two into the basket, thinks again, pays once, and gets both in one order', async () => {
    await page.goto(shop.siteUrl)
    await addFromShelf(BOOK)
    await addFromShelf(FACE)
    expect(await count()).toBe('2')
    await page.getByRole('link', { name: 'Go to the basket' }).click()
    await expect.poll(() => titles()).toEqual([BOOK.title, FACE.title])

    await page.getByRole('button', { name: `One more of ${BOOK.title}` }).click()
    await page.getByRole('button', { name: `Remove ${FACE.title}` }).click()
    expect([await titles(), await count()]).toEqual([[BOOK.title], '2'])
    await page.getByRole('button', { name: `Put it back: ${FACE.title}` }).click()
    const total = await page.locator('.basket-total strong').textContent()

    await page.getByRole('button', { name: 'Check out' }).click()
    await isAtPayment()
    expect(await page.locator('.total').textContent()).toBe(total)
    await page.getByRole('link', { name: 'Cancel and go back' }).click()
    await page.waitForURL(`${shop.siteUrl}/basket/`)
    await page.getByText('Nothing is charged unless you pay there.').waitFor()
    expect([await titles(), await count()]).toEqual([[BOOK.title, FACE.title], '3'])
    const beside = await context.newPage()
    await beside.goto(`${shop.siteUrl}/basket/`)
    await expect.poll(() => titles(beside)).toEqual([BOOK.title, FACE.title])

    await page.getByRole('button', { name: 'Check out' }).click()
    await isAtPayment()
    await page.locator('input[name=email]').fill('Several@Example.com')
    await page.locator('input[name=card]').fill('4242424242424242')
    await page
      .locator('button', { hasText: /pay|get|order/i })
      .last()
      .click()
    await page.waitForURL(`${shop.siteUrl}/success/`)
    await page.locator('a[href*="/download?token="]').first().waitFor()
    const received = await page.locator('.download-title').allTextContents()
    expect(new Set(received)).toEqual(new Set([BOOK.title, FACE.title]))
    await expect.poll(count).toBe('')
    await beside.getByText('Nothing in it yet').waitFor()

    const orders = await askDatabase(
      folder,
      (db) => db<{ lines: object }>`
        select (select json_agg(json_build_object('title', i.title, 'quantity', i.quantity) order by i.title)
                from order_items i where i.order_id = o.id) as lines
        from orders o where o.email = 'several@example.com'`,
    )
    expect(orders).toEqual([
      {
        lines: [
          { title: FACE.title, quantity: 1 },
          { title: BOOK.title, quantity: 2 },
        ],
      },
    ])
  })

  it('is asked about a price that has changed, and told what is no longer for sale', async () => {
    await page.goto(`${shop.siteUrl}/store/${BOOK.slug}/`)
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await addFromShelf(FACE)
    await page.getByRole('link', { name: 'Go to the basket' }).click()
    await askDatabase(folder, (db) => db`update products set unit_amount = 4321 where slug = ${BOOK.slug}`)
    await askDatabase(folder, (db) => db`update products set status = 'retired' where slug = ${FACE.slug}`)
    await page.getByRole('button', { name: 'Check out' }).click()
    await page.getByText('Something is no longer for sale').waitFor()
    await page.getByRole('button', { name: 'Check out the rest' }).click()
    await page.getByText('A price has changed').waitFor()
    await page.getByRole('button', { name: 'Agree, and pay €43.21' }).click()
    await isAtPayment()
    expect(await page.locator('.total').textContent()).toBe('€43.21')
  })
})

/** How somebody who sees the page knows where they are: an outline on the focused element, or on the card that it stands for. */
async function expectSeenFocus(): Promise<void> {
  const seen = await page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return 'nothing'
    const outlines = [null, '::after'].map((part) => getComputedStyle(at, part))
    const isOutlined = outlines.some(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth >= '2px',
    )
    const { width, height, bottom, top } = at.getBoundingClientRect()
    const isInSight = width > 0 && height > 0 && bottom > 0 && top < innerHeight
    return isOutlined && isInSight ? 'seen' : at.outerHTML.slice(0, 200)
  })
  expect(seen).toBe('seen')
}

/** Presses Tab until that control has the focus, which must be in sight at each step. */
async function tabTo(name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    await expectSeenFocus()
    const label = await page.evaluate(() => {
      const at = document.activeElement
      return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim()
    })
    if (typeof name === 'string' ? label === name : name.test(label)) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

describe('a buyer without a mouse', () => {
  it('finds a product, puts it into the basket, and checks out, seeing at each step where they are', async () => {
    await page.goto(shop.siteUrl)
    await tabTo('Skip to the content')
    await page.keyboard.press('Enter')
    await tabTo('Browse the store')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${shop.siteUrl}/store/`)
    await tabTo('Quiet Hours')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${shop.siteUrl}/store/quiet-hours/`)
    await page.locator('.has-basket').waitFor()
    await tabTo('Add to basket')
    await page.keyboard.press('Space')
    await tabTo('Go to the basket')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${shop.siteUrl}/basket/`)
    await page.locator('.basket-line').waitFor()
    await tabTo('One more of Quiet Hours')
    await page.keyboard.press('Space')
    await expectSeenFocus()
    await tabTo('Remove Quiet Hours')
    await page.keyboard.press('Enter')
    await expectSeenFocus()
    await page.keyboard.press('Enter')
    await expectSeenFocus()
    expect(await page.getByRole('textbox', { name: 'Quantity of Quiet Hours' }).inputValue()).toBe('2')
    await tabTo('Check out')
    await page.keyboard.press('Enter')
    await isAtPayment()
  })
})
