import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { purchasePageWords as labels } from '../../site/_data/purchase-page-words.ts'
import { purchaseWords as words } from '../../site/_data/purchase-words.ts'
import { openBrowser } from '../support/browser.ts'
import { askDatabase, buyAt, readMails } from '../support/shop-client.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

const PASSWORD = 'correct horse battery'
const BOOK = 'small-and-finished'
const SAMPLE = 'small-and-finished-sample'

let shop: ShopProcess
let folder: string
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-portal-'))
  shop = await startShop({ folder, port: await findFreePorts() })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  complaints = []
  context = await browser.newContext()
  page = await newPage()
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

async function newPage(): Promise<Page> {
  const opened = await context.newPage()
  opened.on('pageerror', (error) => complaints.push(error.message))
  opened.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return opened
}

let people = 0
const someone = () => `Journey${++people}@Example.com`
const hasTitle = (text: string, where = page) =>
  where.locator('#portal').getByRole('heading', { name: text, exact: true }).waitFor()
const press = (name: string, where = page) => where.getByRole('button', { name, exact: true }).click()
const open = (address = '', where = page) => where.goto(`${shop.siteUrl}/purchases/${address}`)

/** Identity writes to an address as it was typed, the shop to its normal form. */
const mailsTo = async (email: string) =>
  (await readMails(shop)).filter(({ to }) => to.some((one) => one.toLowerCase() === email.toLowerCase()))

/** The link in the newest mail to somebody that has one of this kind. */
async function mailedLink(email: string, kind: string): Promise<string> {
  const find = async () => {
    const texts = (await mailsTo(email)).map(({ text }) => text)
    return texts.map((text) => new RegExp(`http\\S+${kind}=\\S+`).exec(text)?.[0]).find(Boolean) ?? ''
  }
  await expect.poll(find, { timeout: 20_000 }).not.toBe('')
  return find()
}

async function fillAccount(form: string, email: string, password = PASSWORD): Promise<void> {
  const place = page.locator(`[data-form=${form}]`)
  await place.getByLabel(labels.email).fill(email)
  await place.getByLabel(labels.password, { exact: true }).fill(password)
  await place.locator('button[type=submit]').click()
}

async function signUp(email: string): Promise<void> {
  await open('#sign-up')
  await fillAccount('sign-up', email)
  await hasTitle(words.sent.confirmation.title)
}

async function confirm(email: string): Promise<void> {
  await page.goto(await mailedLink(email, 'confirmation_token'))
  await hasTitle(labels.confirm.title)
  await press(labels.confirm.button)
}

/** Buys something and waits for its receipt. */
async function sell(email: string, slug = BOOK): Promise<void> {
  await buyAt(shop, slug, email)
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 30_000 }).toBe(1)
}

async function downloadFirst(): Promise<void> {
  const button = page.locator('.file-row .button').first()
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  const original = await readFile(`db/seed/files/${download.suggestedFilename()}`)
  expect(sumOf(await readFile(await download.path()))).toBe(sumOf(original))
}

/** Writes the only order of an address another 24 times, a day apart. */
async function repeatOrder(db: Database, email: string): Promise<void> {
  const copies = await db`
    with o as (
      insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', o.id || n, 'stripe_session_id',
        o.stripe_session_id || n, 'created_at', o.created_at - n * interval '1 day'))).*
      from orders o, generate_series(1, 24) n where o.email = ${email} returning id)
    insert into order_items select (jsonb_populate_record(i, jsonb_build_object('id', i.id || n, 'order_id', i.order_id || n))).*
    from order_items i join orders o on o.id = i.order_id, generate_series(1, 24) n where o.email = ${email} returning id`
  expect(copies).toHaveLength(24)
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function setFaults(count: number): Promise<void> {
  const body = JSON.stringify({ service: 'identity', mode: '500', count })
  const answer = await fetch(`${shop.servicesUrl}/faults`, { method: 'PUT', body })
  expect(answer.status).toBe(200)
}

describe('a buyer comes back', () => {
  it('buys as a guest, signs up with the same address, confirms it from the mailbox, and downloads', async () => {
    const email = someone()
    await page.goto(`${shop.siteUrl}/store/${BOOK}/`)
    await page.locator(`a[href^="/go/${BOOK}"]`).first().click()
    await page.waitForURL(`${shop.servicesUrl}/checkout/**`)
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=card]').fill('4242424242424242')
    await page.locator('button', { hasText: /pay/i }).last().click()
    await page.waitForURL(`${shop.siteUrl}/success/`)
    await page.locator('a[href*="/download?token="]').first().waitFor()
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    expect(await page.locator('.purchase').count()).toBe(1)
    expect(await page.locator('.purchase-title').textContent()).toBe('Small and Finished')
    expect(await page.locator('.purchase-cover img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
      400,
    )
    await downloadFirst()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations).toEqual([])
    await page.getByRole('link', { name: /^Receipt/ }).click()
    await hasTitle(words.receipt.title)
    expect(await page.locator('.receipt-buyer').textContent()).toBe(email.toLowerCase())
    expect(await page.locator('.receipt-total').textContent()).toMatch(/Total paid€\d/)
  })

  it('chooses a new password for a forgotten one', async () => {
    const email = someone()
    await sell(email)
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    await press(words.list.signOut)
    await page.getByRole('link', { name: labels.enter.forgot }).click()
    await page.locator('[data-form=forgot]').getByLabel(labels.email).fill(email)
    await press(labels.forgot.button)
    await page.goto(await mailedLink(email, 'recovery_token'))
    await page.getByLabel(labels.newPassword).fill('quite another one')
    await press(labels.setPassword.button)
    await page.locator('.said').filter({ hasText: words.said['password-changed'] }).waitFor()
    await press(words.list.signOut)
    await hasTitle(labels.enter.title)
    await fillAccount('account', email, PASSWORD)
    await page.getByText(words.problem.wrong).waitFor()
    await fillAccount('account', email, 'quite another one')
    await hasTitle(words.list.title)
  })

  it('opens the orders by a link from a mail, without an account, once', async () => {
    const email = someone()
    await sell(email)
    await open()
    await page.locator('[data-form=link]').getByLabel(labels.email).fill(` ${email.toUpperCase()} `)
    await press(labels.enter.linkButton)
    await hasTitle(words.sent.link.title)
    const link = await mailedLink(email, 'link')
    // A program that looks through mails opens the link, and uses nothing up.
    expect((await fetch(link)).status).toBe(200)
    await page.goto(link)
    await hasTitle(labels.openLink.title)
    expect(page.url()).toBe(`${shop.siteUrl}/purchases/`)
    await press(labels.openLink.button)
    await hasTitle(words.list.title)
    expect(await page.locator('.visit-who').textContent()).toContain(email.toLowerCase())
    await downloadFirst()
    await page.getByRole('button', { name: /^Email me the links/ }).click()
    await page.locator('.purchase-ways .note').filter({ hasText: words.order.mailed }).waitFor()
    await press(words.list.close)
    await page.locator('.said').filter({ hasText: words.said['signed-out'] }).waitFor()
    await page.goto(link)
    await press(labels.openLink.button)
    await hasTitle(words.stop['link-over'].title)
  })

  it('signs out in one tab, which ends the others', async () => {
    const email = someone()
    await sell(email, SAMPLE)
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    const other = await newPage()
    await open('', other)
    await hasTitle(words.list.title, other)
    const cookie = (await context.cookies()).find(({ name }) => name === 'nf_jwt')
    await press(words.list.signOut)
    await hasTitle(labels.enter.title)
    await hasTitle(labels.enter.title, other)
    expect(await other.locator('.purchase').count()).toBe(0)
    expect(cookie?.value).toMatch(/^ey/)
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('nf_jwt')
  })

  it('sees nothing before the address is confirmed, even if somebody bought with it', async () => {
    const email = someone()
    await sell(email)
    await signUp(email)
    await open('#enter')
    await fillAccount('account', email)
    await page.getByText(words.problem.unconfirmed).waitFor()
    await page.getByRole('button', { name: words.way.sendAgain }).waitFor()
    const answer = await page.request.post(`${shop.siteUrl}/get_purchases`, {
      data: {},
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(answer.status()).toBe(401)
  })

  it('goes through 25 orders by pages', async () => {
    const email = someone()
    await sell(email, SAMPLE)
    await askDatabase(folder, (db) => repeatOrder(db, email.toLowerCase()))
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    expect(await page.locator('.purchase').count()).toBe(20)
    await press(words.list.more)
    await expect.poll(() => page.locator('.purchase').count(), { timeout: 20_000 }).toBe(25)
    const numbers = await page.locator('.purchase-number').allTextContents()
    expect(new Set(numbers).size).toBe(25)
  })

  it('is told when Identity is away, and loses nothing by it', async () => {
    const email = someone()
    await sell(email, SAMPLE)
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    await setFaults(1_000)
    await page.reload()
    await hasTitle(words.stop.busy('').title)
    expect(await page.locator('.purchase').count()).toBe(0)
    await setFaults(0)
    await press(words.way.again)
    await hasTitle(words.list.title)
    await press(words.list.signOut)
    await hasTitle(labels.enter.title)
    await setFaults(1_000)
    await fillAccount('account', email)
    await page.getByText(words.problem.down).waitFor()
    await setFaults(0)
    await fillAccount('account', email)
    await hasTitle(words.list.title)
  })

  it('takes the data along and deletes the account; the link in a mail still opens the orders', async () => {
    const email = someone()
    await sell(email)
    await signUp(email)
    await confirm(email)
    await hasTitle(words.list.title)
    const [download] = await Promise.all([page.waitForEvent('download'), press(words.own.download)])
    const data = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(JSON.stringify(data)).toContain(email.toLowerCase())
    await page.getByRole('link', { name: words.own.delete }).click()
    await page.getByLabel(words.deleteLabel(email.toLowerCase())).fill(email)
    await press(labels.deleteAccount.button)
    await page.locator('.said').filter({ hasText: words.said.deleted }).waitFor()
    await fillAccount('account', email)
    await page.getByText(words.problem.wrong).waitFor()
    await page.locator('[data-form=link]').getByLabel(labels.email).fill(email)
    await press(labels.enter.linkButton)
    await page.goto(await mailedLink(email, 'link'))
    await press(labels.openLink.button)
    await hasTitle(words.list.title)
    expect(await page.locator('.purchase').count()).toBe(1)
  })
})
