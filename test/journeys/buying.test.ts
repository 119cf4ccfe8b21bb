import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

let shop: ShopProcess
let folder: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-journey-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

type Mail = { to: string[]; subject: string; text: string; html: string }
const mails = async () => (await (await fetch(`${shop.servicesUrl}/mail.json`)).json()) as Mail[]

async function payWithCard(page: Page, email: string): Promise<void> {
  await page.waitForURL(`${shop.servicesUrl}/checkout/**`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=card]').fill('4242424242424242')
  await page
    .locator('button', { hasText: /pay|get|order/i })
    .last()
    .click()
}

describe('a buyer in a browser', () => {
  it('finds a product, pays, gets the file and the receipt, whose link opens the order again', async () => {
    const page = await browser.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.goto(shop.siteUrl)
    await page.goto(`${shop.siteUrl}/store/`)
    await page.locator('a[href="/store/small-and-finished/"]').first().click()
    await page.locator('a[href^="/go/small-and-finished"]').first().click()
    await payWithCard(page, 'Ada@Example.com')
    await page.waitForURL(`${shop.siteUrl}/success/`)
    const link = page.locator('a[href*="/download?token="]').first()
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const bytes = await readFile(await download.path())
    const original = await readFile(`db/seed/files/${download.suggestedFilename()}`)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(original).digest('hex'))

    const received = async () => (await mails()).filter(({ to }) => to.includes('ada@example.com'))
    const subjects = async () => (await received()).map(({ subject }) => subject).sort()
    await expect
      .poll(subjects, { timeout: 20_000 })
      .toEqual(['Your download links from North Window are ready', 'Your receipt from North Window'])
    const receipt = (await received()).find(({ subject }) => subject.includes('receipt'))
    expect(receipt).toMatchObject({ to: ['ada@example.com'], subject: expect.stringContaining('receipt') })
    const other = await (await browser.newContext()).newPage()
    await other.goto(/http\S+access=\S+/.exec(receipt?.text ?? '')?.[0] ?? '')
    await other.locator('a[href*="/download?token="]').first().waitFor()
    expect(new URL(other.url()).search).toBe('')
    await other.reload()
    await other.locator('a[href*="/download?token="]').first().waitFor()
    expect(problems).toEqual([])
  })

  it('pays without JavaScript, and is told that the receipt brings the files', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${shop.siteUrl}/store/`)
    await page.locator('a[href="/store/small-and-finished/"]').first().click()
    await page.locator('a[href^="/go/small-and-finished"]').first().click()
    await payWithCard(page, 'noscript@example.com')
    await page.waitForURL(`${shop.siteUrl}/success/**`)
    expect(await page.locator('main').textContent()).toMatch(/receipt/i)
    await expect
      .poll(async () => (await mails()).map(({ to }) => to[0]), { timeout: 20_000 })
      .toContain('noscript@example.com')
  })

  it('is led to Amazon by an affiliate product, under a disclosure and without a price', async () => {
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${shop.siteUrl}/store/`)
    await page.locator('a[href="/store/interaction-of-color/"]').first().click()
    await page.waitForURL(`${shop.siteUrl}/store/interaction-of-color/`)
    const text = await page.locator('main').textContent()
    expect(text).toContain('As an Amazon Associate I earn from qualifying purchases.')
    expect(text).not.toMatch(/[€$£]\s?\d/)
    const link = page.locator('a[rel~=sponsored][href="/go/interaction-of-color"]').first()
    await link.evaluate((anchor) => anchor.removeAttribute('target'))
    await link.click()
    // Amazon itself is out of reach here: what the browser asks for is what counts.
    const toAmazon = () => asked.find((url) => url.startsWith('https://www.amazon.com/'))
    await expect.poll(toAmazon).toMatch(/^https:\/\/www\.amazon\.com\/dp\/\w{10}\?tag=/)
  })
})
