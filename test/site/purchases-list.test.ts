import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Purchase } from '../../shop/purchases/purchase-view.ts'
import { purchasePageWords as labels } from '../../site/_data/purchase-page-words.ts'
import { purchaseWords as words } from '../../site/_data/purchase-words.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { BUYER, samplePage, samplePurchase, versionedPurchase } from './purchase-samples.ts'
import { manyKinds } from './purchase-scenes.ts'
import { type Answer, type Question, serveSite } from './serve-site.ts'

const PATIENT = { timeout: 20_000 }

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let context: BrowserContext
let page: Page
let questions: Question[]
let answers: Record<string, Answer | null>
let complaints: string[]

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  server = await serveSite(site.folder, (question) => {
    questions.push(question)
    return answers[question.path] ?? null
  })
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})

beforeEach(async () => {
  questions = []
  complaints = []
  context = await browser.newContext()
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(() => localStorage.setItem('till.visit-until', String(Date.now() + 3600_000)))
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

const lists = (orders: Purchase[], more: object = {}): Answer => ({ status: 200, body: samplePage(orders, more) })
const hasTitle = (text: string) => page.locator('#portal').getByRole('heading', { name: text, exact: true }).waitFor()
const asked = (path: string) => questions.filter((question) => question.path === path).map(({ body }) => body)
const status = () => page.getByRole('status')
const focused = () => page.evaluate(() => document.activeElement?.textContent)

async function open(orders: Purchase[], more: object = {}, hash = ''): Promise<void> {
  answers = { '/get_purchases': lists(orders, more), ...answersToo }
  await page.goto(`${server.url}/purchases/${hash}`)
}
let answersToo: Record<string, Answer | null> = {}
beforeEach(() => {
  answersToo = {}
})

describe('the list of orders', () => {
  it('says each order’s state in words, whatever the shop calls it', async () => {
    await open(manyKinds)
    await hasTitle(words.list.title)
    const said = await page.locator('.state').allTextContents()
    expect(said).toEqual([
      'Paid',
      'Partly refunded',
      'Free',
      'Refunded',
      'On hold',
      'Being checked',
      'Payment on its way',
      'Not paid',
      'Being checked',
    ])
    const prices = await page.locator('.purchase-facts .price').allTextContents()
    expect([prices[0], prices.at(-1)]).toEqual(['€19.00', '¥1,900'])
    const first = page.locator('.purchase').first()
    expect(await first.locator('.purchase-title').textContent()).toBe('A Book & <More>')
    expect(await first.locator('.purchase-title a').getAttribute('href')).toBe('/store/book/')
    expect(await first.locator('.purchase-cover img').getAttribute('src')).toMatch(/^\/assets\/images\/\w+-\d+\.webp$/)
    const last = page.locator('.purchase').last()
    expect(await last.locator('.purchase-title').textContent()).toBe('3 × No longer on the shelf')
    expect(await last.locator('a[href^="/store/"], img').count()).toBe(0)
  })

  it('shows what changed and earlier versions behind a fold', async () => {
    await open([versionedPurchase(1)])
    await page.getByText(words.file.details).click()
    const details = await page.locator('.file-details').textContent()
    for (const said of [
      'Chapter 7 is new.\nThe index is complete.',
      'Version 2',
      'Larger type in the tables.',
      'Version 1',
    ])
      expect(details).toContain(said)
    answers['/get_download_link'] = { status: 404, body: {} }
    await page.getByRole('button', { name: words.file.downloadOf('A Book & <More>', 'a-book-v1.pdf') }).click()
    await expect
      .poll(() => asked('/get_download_link'), PATIENT)
      .toEqual([{ order_item_id: `itm_${samplePurchase(1).id}`, file_id: 'fil_book1' }])
  })

  it('gets a link for each click, follows it, and keeps the reader’s place', async () => {
    await open([samplePurchase(1)])
    await page.route('**/download?*', (route) =>
      route.fulfill({ body: 'the book', headers: { 'content-disposition': 'attachment; filename="a-book.pdf"' } }),
    )
    answers['/get_download_link'] = {
      status: 200,
      body: { url: `${server.url}/download?token=one`, expires_at: new Date().toISOString() },
    }
    const button = page.getByRole('button', { name: /^Download A Book/ })
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    expect(await readFile(await download.path(), 'utf8')).toBe('the book')
    await status().filter({ hasText: words.file.started }).waitFor()
    expect(await page.locator('.file-row .note').textContent()).toBe(words.file.started)
    expect(await focused()).toBe(words.file.download)
    expect(page.url()).toBe(`${server.url}/purchases/`)
  })

  it('follows no link to another site', async () => {
    await open([samplePurchase(1)])
    answers['/get_download_link'] = { status: 200, body: { url: 'https://evil.example/file', expires_at: '' } }
    await page.getByRole('button', { name: /^Download A Book/ }).click()
    await status().filter({ hasText: words.file.busy }).waitFor()
    expect(page.url()).toBe(`${server.url}/purchases/`)
  })

  it.each([
    ['gone', { status: 404, body: {} }, words.file.gone],
    ['busy', { status: 503, body: {} }, words.file.busy],
    ['offline', 'dead', words.file.offline],
  ])('says beside the file that it is %s, and can be asked again', async (_kind, answer, said) => {
    await open([samplePurchase(1)])
    let times = 0
    await page.route('**/get_download_link', (route) => {
      times += 1
      return typeof answer === 'string' ? route.abort() : route.fulfill({ status: answer.status, json: answer.body })
    })
    for (const expected of [1, 2]) {
      await page.getByRole('button', { name: /^Download A Book/ }).click()
      await expect.poll(() => times, PATIENT).toBe(expected)
      await page.locator('.file-row .note').filter({ hasText: said }).waitFor()
    }
  })

  it('goes on by pages, and puts the reader where the older orders begin', async () => {
    const all = Array.from({ length: 25 }, (_, index) => samplePurchase(index + 1))
    await open(all.slice(0, 20), { next: 'older' })
    await hasTitle(words.list.title)
    expect(await page.locator('.purchase').count()).toBe(20)
    answers['/get_purchases'] = { status: 503, body: {} }
    await page.getByRole('button', { name: words.list.more }).click()
    await page.locator('.more .note').filter({ hasText: words.list.moreFailed }).waitFor()
    answers['/get_purchases'] = lists(all.slice(20))
    await page.getByRole('button', { name: words.list.more }).click()
    await expect.poll(() => page.locator('.purchase').count(), PATIENT).toBe(25)
    expect(asked('/get_purchases')).toEqual([{}, { after: 'older' }, { after: 'older' }])
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`date-${all[20]?.id}`)
    expect(await page.getByRole('button', { name: words.list.more }).count()).toBe(0)
    await status().filter({ hasText: '5 orders shown.' }).waitFor()
  })

  it('mails the links, and says when it has done so before', async () => {
    await open([samplePurchase(1)])
    answers['/send_purchase_links'] = { status: 202, body: { state: 'sent' } }
    await page.getByRole('button', { name: /^Email me the links/ }).click()
    await page.locator('.purchase-ways .note').filter({ hasText: words.order.mailed }).waitFor()
    answers['/send_purchase_links'] = { status: 429, body: {}, headers: { 'retry-after': '80000' } }
    await page.getByRole('button', { name: /^Email me the links/ }).click()
    await page.locator('.purchase-ways .note').filter({ hasText: '23 hours' }).waitFor()
    expect(asked('/send_purchase_links')).toEqual([
      { order_id: samplePurchase(1).id },
      { order_id: samplePurchase(1).id },
    ])
  })

  it('says that mails come back', async () => {
    await open([samplePurchase(1)], { banner: 'bounced' })
    await page.locator('.banner').filter({ hasText: BUYER }).waitFor()
    expect(await page.locator('.banner a').getAttribute('href')).toBe('mailto:hello@example.com')
  })

  it('leads back to the ways in when the visit has ended meanwhile', async () => {
    await open([samplePurchase(1)])
    await hasTitle(words.list.title)
    answers = { '/get_download_link': { status: 401, body: {} }, '/get_purchases': { status: 401, body: {} } }
    await page.getByRole('button', { name: /^Download A Book/ }).click()
    await page.locator('.said').filter({ hasText: words.said['session-over'] }).waitFor()
    expect(await page.locator('.purchase').count()).toBe(0)
  })

  it('is not asked for by a browser that has not been here', async () => {
    const fresh = await browser.newPage()
    await fresh.goto(`${server.url}/purchases/`)
    await fresh.getByRole('heading', { name: labels.enter.title }).waitFor()
    expect(questions).toEqual([])
    await fresh.close()
  })
})

describe('a receipt', () => {
  it('opens by its address, and leads back to where the reader was', async () => {
    const [first, second] = [samplePurchase(1), samplePurchase(2)]
    await open([first, second], {}, `#receipt-${second.id}`)
    await hasTitle(words.receipt.title)
    expect(await page.title()).toMatch(/^Receipt · Your purchases/)
    await page.getByRole('link', { name: labels.receipt.back }).click()
    await hasTitle(words.list.title)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(`#receipt-${second.id}`)
    await page.locator(`a[href="#receipt-${first.id}"]`).click()
    await page.locator('.receipt').filter({ hasText: first.id }).waitFor()
    expect(await focused()).toBe(words.receipt.title)
    await page.goBack()
    await hasTitle(words.list.title)
    expect(asked('/get_purchases')).toHaveLength(1)
  })

  it('of an order that is not theirs shows the list', async () => {
    await open([samplePurchase(1)], {}, '#receipt-ord_somebodyelses')
    await hasTitle(words.list.title)
  })
})

describe('without a list', () => {
  it('tries again by itself, and as soon as there is a connection', async () => {
    await page.clock.install()
    answers = { '/get_purchases': { status: 503, body: {}, headers: { 'retry-after': '30' } } }
    await page.goto(`${server.url}/purchases/`)
    await hasTitle(words.stop.busy('').title)
    expect(await page.locator('.lead').textContent()).toContain('30 seconds')
    await page.route('**/get_purchases', (route) => route.abort())
    await page.clock.runFor(30_000)
    await hasTitle(words.stop.offline.title)
    await page.unroute('**/get_purchases')
    answers = { '/get_purchases': lists([samplePurchase(1)]) }
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await hasTitle(words.list.title)
    await page.clock.runFor(60_000)
    expect(asked('/get_purchases')).toHaveLength(2)
  })

  it('never takes an answer that it does not know for "no orders"', async () => {
    answers = { '/get_purchases': { status: 200, body: { orders: null } } }
    await page.goto(`${server.url}/purchases/`)
    await hasTitle(words.stop.busy('').title)
  })

  it('says that there are no orders for this address', async () => {
    await open([])
    await hasTitle(words.stop.empty.title)
    expect(await page.locator('.no-purchases').textContent()).toContain(BUYER)
  })

  it('shows nothing to an address that is not confirmed', async () => {
    answers = { '/get_purchases': { status: 403, body: { state: 'unconfirmed', message: '' } } }
    await page.goto(`${server.url}/purchases/`)
    await hasTitle(words.stop.unconfirmed.title)
    expect(await page.locator('.purchase').count()).toBe(0)
  })
})

describe('one’s own data', () => {
  it('comes as a file', async () => {
    await open([samplePurchase(1)])
    answers['/get_my_data'] = { status: 200, body: { email: BUYER, orders: [1] } }
    const button = page.getByRole('button', { name: words.own.download })
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    expect(download.suggestedFilename()).toBe('my-data.json')
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual({ email: BUYER, orders: [1] })
  })

  it('goes with the account, once its address was typed', async () => {
    await open([samplePurchase(1)])
    await page.getByRole('link', { name: words.own.delete }).click()
    await hasTitle(labels.deleteAccount.title)
    const field = page.getByLabel(words.deleteLabel(BUYER))
    await field.fill('bob@example.com')
    await page.getByRole('button', { name: labels.deleteAccount.button }).click()
    await page.getByText(words.field.mismatch).waitFor()
    expect(asked('/delete_account')).toEqual([])
    answers = {
      '/delete_account': { status: 200, body: { state: 'deleted' } },
      '/get_purchases': { status: 401, body: {} },
    }
    await field.fill(BUYER.toUpperCase())
    await page.getByRole('button', { name: labels.deleteAccount.button }).click()
    await page.locator('.said').filter({ hasText: words.said.deleted }).waitFor()
    expect(asked('/delete_account')).toEqual([{ confirm: true }])
  })
})
