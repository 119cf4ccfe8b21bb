import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderWords as words } from '../../site/_data/order-words.ts'
import { openBrowser } from '../support/browser.ts'
import { buyAt, readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

const PRODUCT = 'small-and-finished'
const PATIENT = { timeout: 20_000 }
const TITLE = 'Small and Finished'

let shop: ShopProcess
let folder: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-code-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

const hasTitle = (page: Page, title: string) => page.locator('#order h2').filter({ hasText: title }).waitFor()
const link = (page: Page) => page.locator('a[href*="/download?token="]').first()
const code = (page: Page) => page.getByLabel(words.form.code)

/** Opens an order's address where nobody knows the buyer: a phone, with what that browser complained about. */
async function openElsewhere(sessionId: string): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) problems.push(message.text())
  })
  await page.goto(`${shop.siteUrl}/success/?session_id=${sessionId}`)
  await hasTitle(page, words.refused.verify_email.title)
  return { page, context, problems }
}

async function askForCode(page: Page, email: string): Promise<void> {
  await page.getByLabel(words.form.email).fill(email)
  await page.getByRole('button', { name: words.form.sendCode }).click()
  await code(page).waitFor()
}

async function readCode(email: string): Promise<string> {
  const find = async () => {
    const sent = (await readMails(shop)).filter(({ to, idempotency_key }) => {
      return to.includes(email) && idempotency_key?.startsWith('access_code:')
    })
    return /\b\d{6}\b/.exec(sent[0]?.text ?? '')?.[0]
  }
  await expect.poll(find, PATIENT).toBeDefined()
  return (await find()) ?? ''
}

/** Some code that is not the right one. */
const notThis = (right: string) => (right === '000000' ? '111111' : '000000')

async function type(page: Page, digits: string): Promise<void> {
  await code(page).fill(digits)
  await code(page).press('Enter')
}

describe('a buyer in another browser', () => {
  it('sees nothing of the order, proves the address with a code, and gets the file, also after a reload', async () => {
    const sessionId = await buyAt(shop, PRODUCT, 'Phone@Example.com')
    const { page, context, problems } = await openElsewhere(sessionId)
    const seen = await page.content()
    for (const secret of [TITLE, 'phone@example.com', 'ord_', '/download?', '.pdf']) {
      expect(seen.toLowerCase()).not.toContain(secret.toLowerCase())
    }
    expect(new URL(page.url()).search).toBe('')

    await askForCode(page, 'phone@example.com')
    const right = await readCode('phone@example.com')
    await type(page, notThis(right))
    await expect.poll(() => page.getByRole('alert').textContent(), PATIENT).toBe(words.problem.wrong(9))
    await type(page, `${right.slice(0, 3)} ${right.slice(3)}`)
    await hasTitle(page, words.paid.title)
    await page.reload()
    await hasTitle(page, words.paid.title)

    const [download] = await Promise.all([page.waitForEvent('download'), link(page).click()])
    const sum = createHash('sha256')
      .update(await readFile(await download.path()))
      .digest('hex')
    expect(await page.locator('.downloads code').first().textContent()).toBe(sum)
    expect(problems).toEqual([])
    await context.close()
  })

  it('is sent no code to an address that is not the order’s, and learns nothing from that', async () => {
    const sessionId = await buyAt(shop, PRODUCT, 'owner@example.com')
    const { page, context } = await openElsewhere(sessionId)
    await askForCode(page, 'stranger@example.com')
    expect(await page.locator('#order .lead').textContent()).toBe(words.codeSent('stranger@example.com').text)
    await type(page, '123456')
    await hasTitle(page, words.codeOver.title)
    await page.getByLabel(words.form.email).fill('owner@example.com')
    await page.getByRole('button', { name: words.form.newCode }).click()
    await code(page).waitFor()
    await type(page, await readCode('owner@example.com'))
    await link(page).waitFor()
    expect((await readMails(shop)).flatMap(({ to }) => to)).not.toContain('stranger@example.com')
    await context.close()
  })

  it('has ten tries for a code, and is told when it is over', async () => {
    const sessionId = await buyAt(shop, PRODUCT, 'ten@example.com')
    const { page, context } = await openElsewhere(sessionId)
    await askForCode(page, 'ten@example.com')
    const right = await readCode('ten@example.com')
    for (const left of [9, 8, 7, 6, 5, 4, 3, 2, 1]) {
      await type(page, notThis(right))
      await expect.poll(() => page.getByRole('alert').textContent(), PATIENT).toBe(words.problem.wrong(left))
    }
    await type(page, notThis(right))
    await hasTitle(page, words.codeOver.title)
    await page.getByRole('button', { name: words.form.newCode }).click()
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toMatch(/^Please wait \d+ seconds? for a new code\.$/)
    expect(await link(page).count()).toBe(0)
    await context.close()
  })
})
