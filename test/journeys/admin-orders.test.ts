import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminOrderWords as orderWords } from '../../site/_data/admin-order-words.ts'
import { adminProductWords as productWords } from '../../site/_data/admin-product-words.ts'
import { adminWorkWords as workWords } from '../../site/_data/admin-work-words.ts'
import { openBrowser } from '../support/browser.ts'
import { readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'
import { addAdmin, enterAdmin } from '../support/sign-in-page.ts'

const SELLER = 'mara@example.com'
const BUYER = 'ada@example.com'
/** A build of the whole shop, on a machine that has other work. */
const BUILD_MS = 240_000

let shop: ShopProcess
let folder: string
let browser: Browser
let seller: BrowserContext
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-admin-'))
  shop = await startShop({ folder: join(folder, 'shop'), port: await findFreePorts() })
  browser = await openBrowser()
  await addAdmin(shop, SELLER)
  await writeFile(join(folder, 'manual.pdf'), `%PDF-1.7 ${'x'.repeat(5_000)}`)
  seller = await browser.newContext()
  page = await seller.newPage()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

const field = (label: string) => page.getByLabel(label, { exact: true })
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const said = (text: string) => page.locator('.said').getByText(text).waitFor()
const mailsTo = async (address: string) => (await readMails(shop)).filter(({ to }) => to.includes(address))

/** Makes a product as a seller does, and puts it on the shelf. */
async function publish(): Promise<void> {
  await enterAdmin(page, shop, { email: SELLER, at: '#products' })
  await page.getByRole('link', { name: productWords.add }).click()
  await field(productWords.fields.title).fill('A Manual')
  await field(productWords.fields.price).fill('19')
  await field(productWords.fields.description).fill('How it is done.')
  await press(productWords.save)
  await page.getByRole('heading', { name: productWords.file.title }).waitFor()
  await field(productWords.file.choose).setInputFiles(join(folder, 'manual.pdf'))
  await press(productWords.file.send)
  await said(productWords.file.done('manual.pdf', 1))
  await press(productWords.publish)
  await said(productWords.published)
}

/** Asks for a build and waits until the shop shows the product. */
async function rebuild(): Promise<void> {
  await page.goto(`${shop.siteUrl}/admin/#work`)
  await press(workWords.buildNow)
  await said(workWords.buildAsked)
  const isThere = async () => (await fetch(`${shop.siteUrl}/store/a-manual/`)).status
  await expect.poll(isThere, { timeout: BUILD_MS, interval: 1_000 }).toBe(200)
}

/** Buys it as a stranger, in a browser of their own. */
async function buy(): Promise<void> {
  const context = await browser.newContext()
  const visitor = await context.newPage()
  await visitor.goto(`${shop.siteUrl}/store/a-manual/`)
  await visitor.locator('a[href^="/go/a-manual"]').first().click()
  await visitor.waitForURL(`${shop.servicesUrl}/checkout/**`)
  await visitor.locator('input[name=email]').fill(BUYER)
  await visitor.locator('input[name=card]').fill('4242424242424242')
  await visitor.locator('button', { hasText: /pay/i }).last().click()
  await visitor.waitForURL(`${shop.siteUrl}/success/`)
  await visitor.locator('a[href*="/download?token="]').first().waitFor()
  await context.close()
}

describe('a seller', () => {
  it('makes a product, sees it in the shop, sells it, finds the order and pays half of it back', async () => {
    await publish()
    await rebuild()
    await buy()
    await page.goto(`${shop.siteUrl}/admin/#orders`)
    await field(orderWords.search).fill('ada@')
    await field(orderWords.search).press('Enter')
    await page.locator('.order-list a').filter({ hasText: BUYER }).click()
    await page.getByRole('heading', { level: 2, name: /^Order ord_/ }).waitFor()
    await press(orderWords.act.refund)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(orderWords.refund.amountLabel('EUR')).fill('9.50')
    await dialog.getByText(orderWords.refund.summary('€9.50', BUYER)).waitFor()
    await dialog.getByRole('button', { name: orderWords.refund.button('€9.50') }).click()
    await said(orderWords.done.refundMade('€9.50'))
    await page
      .locator('.state')
      .getByText(orderWords.states.partially_refunded ?? '')
      .waitFor()
    const subjects = async () => (await mailsTo(BUYER)).map(({ subject }) => subject)
    for (const mail of [/^Your receipt/, /^Your refund/])
      await expect
        .poll(async () => (await subjects()).filter((subject) => mail.test(subject)), { timeout: 60_000 })
        .toHaveLength(1)
    await page.goto(`${shop.siteUrl}/admin/#today?days=7`)
    await page.locator('.totals').first().getByText('€9.50').first().waitFor()
  }, 400_000)

  it('is nobody to a stranger: no address of the seller’s answers without the role', async () => {
    const doors = [
      'today',
      'orders',
      'order',
      'refund',
      'change_order',
      'sync',
      'work',
      'redrive',
      'reconcile',
      'rebuild',
      'products',
    ]
    for (const door of doors) {
      const answer = await fetch(`${shop.siteUrl}/admin_${door}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: shop.siteUrl },
        body: '{}',
      })
      expect([door, answer.status]).toEqual([door, 401])
    }
  })
})
