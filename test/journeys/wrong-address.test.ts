import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { orderWords } from '../../site/_data/order-words.ts'
import { openBrowser } from '../support/browser.ts'
import { askDatabase, readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

const words = orderWords.address
const PATIENT = { timeout: 20_000 }

let shop: ShopProcess
let folder: string
let browser: Browser
let context: BrowserContext
let page: Page
let problems: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-address-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  problems = []
  context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  page = await newPage(context)
})
afterEach(async () => {
  await context.close()
  expect(problems).toEqual([])
})

async function newPage(where: BrowserContext): Promise<Page> {
  const opened = await where.newPage()
  opened.on('pageerror', (error) => problems.push(error.message))
  opened.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) problems.push(message.text())
  })
  return opened
}

const link = (where = page) => where.locator('a[href*="/download?token="]').first()
const shown = (where = page) => where.locator('.address h3 strong').textContent()
const offer = (where = page) => where.getByRole('button', { name: words.offer })
const hasTitle = (where: Page, title: string) => where.locator('#order h2').filter({ hasText: title }).waitFor()

/** Buys as people do, and waits for the files. @returns the session, which the page has put out of sight */
async function buy(email: string): Promise<string> {
  await page.goto(`${shop.siteUrl}/store/small-and-finished/`)
  await page.locator('a[href^="/go/small-and-finished"]').first().click()
  await page.waitForURL(`${shop.servicesUrl}/checkout/**`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=card]').fill('4242424242424242')
  await page.locator('button', { hasText: /pay/i }).last().click()
  await page.waitForURL(`${shop.siteUrl}/success/`)
  await link().waitFor()
  return (await page.evaluate(() => history.state as { session_id: string })).session_id
}

async function correct(email: string, where = page): Promise<void> {
  await offer(where).click()
  await where.getByLabel(words.form.label).fill(email)
  await where.getByRole('button', { name: words.form.submit }).click()
}

/** The link in the receipt that an address has got. */
async function receiptLink(email: string): Promise<string> {
  const find = async () => {
    const receipts = (await readMails(shop)).filter(({ to, idempotency_key }) => {
      return to.includes(email) && idempotency_key?.startsWith('receipt:')
    })
    return /http\S+access=\S+/.exec(receipts[0]?.text ?? '')?.[0] ?? ''
  }
  await expect.poll(find, PATIENT).not.toBe('')
  return find()
}

/** Downloads from whichever page shows a link. */
async function downloads(where = page): Promise<void> {
  const [download] = await Promise.all([where.waitForEvent('download'), link(where).click()])
  expect(download.suggestedFilename()).toMatch(/\.pdf$/)
}

describe('a buyer who mistyped the address', () => {
  it('corrects it on the page: the receipt comes, what went to the wrong one opens nothing', async () => {
    await buy('Ada@exampel.com')
    expect(await shown()).toBe('ada@exampel.com')
    const oldReceipt = await receiptLink('ada@exampel.com')
    const oldDownload = (await link().getAttribute('href')) ?? ''
    expect((await fetch(oldDownload)).status).toBe(200)

    await correct(' Ada@Example.com')
    await page.locator('.address').getByText(words.corrected).waitFor()
    expect(await shown()).toBe('ada@example.com')
    await expect.poll(() => link().getAttribute('href'), PATIENT).not.toBe(oldDownload)
    await downloads()
    expect((await fetch(oldDownload)).status).not.toBe(200)

    const newReceipt = await receiptLink('ada@example.com')
    const stranger = await newPage(await browser.newContext())
    await stranger.goto(oldReceipt)
    await hasTitle(stranger, orderWords.unknown.title)
    expect(await stranger.locator('#order').innerHTML()).not.toMatch(/ada|Small and Finished|\/download\?/i)
    await stranger.goto(newReceipt)
    await downloads(stranger)
    expect(await shown(stranger)).toBe('a•••@e•••.com')
    expect(await offer(stranger).count()).toBe(0)
    await stranger.context().close()

    await page.reload()
    await downloads()
    expect([await shown(), await offer().count()]).toEqual(['ada@example.com', 0])
  })

  it('is refused a second correction, from a second tab that still offered it, and told whom to write to', async () => {
    const session = await buy('bob@exampel.com')
    const tab = await newPage(context)
    await tab.goto(`${shop.siteUrl}/success/?session_id=${session}`)
    await offer(tab).waitFor()
    await correct('bob@example.com')
    await page.locator('.address').getByText(words.corrected).waitFor()
    await correct('mallory@example.com', tab)
    await tab.locator('.address').getByText(words.over.already_corrected).waitFor()
    await expect.poll(() => shown(tab), PATIENT).toBe('bob@example.com')
    expect(await tab.locator('.address a').getAttribute('href')).toMatch(/^mailto:/)
    await downloads(tab)
    expect((await readMails(shop)).flatMap(({ to }) => to)).not.toContain('mallory@example.com')
  })

  it('can do so in no other browser, even one that asks the shop itself', async () => {
    const session = await buy('cleo@example.com')
    const other = await newPage(await browser.newContext())
    await other.goto(`${shop.siteUrl}/success/?session_id=${session}`)
    await hasTitle(other, orderWords.refused.verify_email.title)
    expect([await offer(other).count(), await other.locator('.address').count()]).toEqual([0, 0])
    const status = await other.evaluate(async (session_id) => {
      const body = JSON.stringify({ session_id, email: 'mallory@example.com' })
      const headers = { 'content-type': 'application/json' }
      return (await fetch('/correct_email', { method: 'POST', headers, body })).status
    }, session)
    expect(status).toBe(404)
    await other.context().close()
    const rows = await askDatabase(
      folder,
      (db) => db<{ email: string }>`select email from orders where stripe_session_id = ${session}`,
    )
    expect(rows).toEqual([{ email: 'cleo@example.com' }])
  })

  it('F35 is told on the page that the receipt came back, and corrects the address', async () => {
    await buy('bounced+dora@resend.dev')
    const warning = page.locator('.address-warning')
    // Whoever reloads is told at once when Resend has reported it; the page itself asks again after a minute.
    await expect
      .poll(async () => {
        await page.reload()
        await link().waitFor()
        return warning.count()
      }, PATIENT)
      .toBe(1)
    expect(await warning.textContent()).toBe(`${words.bounced.said} ${words.bounced.early}`)
    await correct('dora@example.com')
    await page.locator('.address').getByText(words.corrected).waitFor()
    expect(await warning.count()).toBe(0)
    await receiptLink('dora@example.com')
  })
})
