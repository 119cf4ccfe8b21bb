import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { orderWords } from '../../site/_data/order-words.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { type Answer, type Question, serveSite } from './serve-site.ts'

const START = Date.parse('2026-11-03T10:00:00Z')
const MINUTE = 60_000

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let page: Page
let questions: Question[]
let answers: Answer[]
let complaints: string[]

beforeAll(async () => {
  site = await createSampleSite()
  await site.build([])
  server = await serveSite(site.folder, (question) => {
    questions.push(question)
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: null }
  })
  browser = await openBrowser()
}, 30_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await site?.remove()
})

beforeEach(async () => {
  questions = []
  answers = []
  complaints = []
  page = await browser.newPage({ viewport: { width: 320, height: 640 } })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await page.clock.install({ time: START })
})
afterEach(async () => {
  await page.close()
  expect(complaints).toEqual([])
})

function paid(minutes: number, mark: string): Answer {
  const expires_at = new Date(START + minutes * MINUTE).toISOString()
  const url = `/download?token=${mark}`
  const download = {
    slug: 'book',
    title: 'A <b>Book</b>',
    filename: 'book.pdf',
    size_bytes: 2_134_567,
    sha256: 'a'.repeat(64),
  }
  const date = new Date(START + (minutes - 15) * MINUTE).toUTCString()
  const body = {
    state: 'paid',
    order: { id: 'ord_2maprb357gr8tg417rb7908jv1', total: 1900, currency: 'eur' },
    downloads: [{ ...download, url, expires_at }],
  }
  return { status: 200, body, headers: { date } }
}

const processing: Answer = { status: 202, body: { state: 'processing' } }
const open = (search: string) => page.goto(`${server.url}/success/${search}`)
const title = () => page.locator('#order h2')
const link = () => page.locator('.downloads a')
const hasTitle = (text: string) => title().filter({ hasText: text }).waitFor()

describe('/success/', () => {
  it('clears its address before it asks, and lists the files', async () => {
    answers = [paid(15, 'one')]
    await open('?session_id=cs_test_1')
    await hasTitle(orderWords.paid.title)
    expect(page.url()).toBe(`${server.url}/success/`)
    expect(questions).toEqual([{ path: '/get_entitlements', body: { session_id: 'cs_test_1' }, referer: undefined }])
    expect(await link().getAttribute('href')).toBe('/download?token=one')
    expect(await page.locator('.download-title').textContent()).toBe('A <b>Book</b>')
    expect(await page.locator('.download-file').textContent()).toBe('book.pdf, 2.1 MB')
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })

  it('survives a reload without its address', async () => {
    answers = [paid(15, 'one')]
    await open('?access=ey.J')
    await hasTitle(orderWords.paid.title)
    await page.reload()
    await hasTitle(orderWords.paid.title)
    expect(questions.map((question) => question.body)).toEqual([{ access: 'ey.J' }, { access: 'ey.J' }])
  })

  it('waits for a payment in process and then shows the files by itself', async () => {
    answers = [processing, processing, paid(15, 'one')]
    await open('?session_id=cs_test_1')
    await hasTitle(orderWords.processing.title)
    expect(await page.getByRole('status').textContent()).toContain(orderWords.processing.text)
    const second = page.waitForResponse('**/get_entitlements')
    await page.clock.runFor(1_000)
    await (await second).finished()
    await page.clock.runFor(2_000)
    await hasTitle(orderWords.paid.title)
    expect(questions).toHaveLength(3)
  })

  it('renews links before they run out and leaves focus and opened details alone', async () => {
    answers = [paid(15, 'one'), paid(30, 'two')]
    await open('?session_id=cs_test_1')
    await link().focus()
    await page.locator('summary').click()
    await link().focus()
    await page.clock.runFor(14 * MINUTE)
    expect(questions).toHaveLength(1)
    await page.clock.runFor(MINUTE / 2)
    await page.locator('.downloads a[href$=two]').waitFor()
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('button')
    expect(await page.locator('details').getAttribute('open')).toBe('')
  })

  it('gives earlier versions their own links, and renews those too while their list is open', async () => {
    const withEarlier = (minutes: number, mark: string): Answer => {
      const answer = paid(minutes, mark)
      const body = answer.body as { downloads: object[] }
      const [file] = body.downloads
      const earlier = [2, 1].map((version) => ({
        ...file,
        version,
        changelog: '',
        url: `/download?token=${mark}${version}`,
      }))
      return { ...answer, body: { ...body, downloads: [{ ...file, version: 3, changelog: 'New.', earlier }] } }
    }
    const hrefs = () => link().evaluateAll((links) => links.map((one) => one.getAttribute('href')?.slice(16)))
    answers = [withEarlier(15, 'one'), withEarlier(30, 'two')]
    await open('?session_id=cs_test_1')
    await page.locator('.earlier > summary').click()
    expect(await hrefs()).toEqual(['one', 'one2', 'one1'])
    expect(await page.locator('.download-about').allTextContents()).toEqual([
      'Version 3: New.',
      'Version 2',
      'Version 1',
    ])
    await page.clock.runFor(14.5 * MINUTE)
    await page.locator('.downloads a[href$=two1]').waitFor()
    expect(await hrefs()).toEqual(['two', 'two2', 'two1'])
    expect(await page.locator('.earlier').getAttribute('open')).toBe('')
  })

  it('fits into 9 kB of compressed script', async () => {
    const scripts = (await site.files()).filter((file) => /^assets\/success-.*\.js$/.test(file))
    expect(scripts).toHaveLength(1)
    expect(gzipSync(await site.read(scripts[0] ?? '')).length).toBeLessThan(9_000)
  })

  it('keeps the links on the page while the shop does not answer', async () => {
    answers = [paid(15, 'one'), { status: 503, body: null, headers: { 'retry-after': '7' } }, paid(31, 'two')]
    await open('?session_id=cs_test_1')
    await link().waitFor()
    await page.clock.runFor(14.5 * MINUTE)
    await expect.poll(() => questions.length).toBe(2)
    expect(await link().getAttribute('href')).toBe('/download?token=one')
    await page.clock.runFor(7_000)
    await page.locator('.downloads a[href$=two]').waitFor()
  })

  it('takes the links away when the order was refunded meanwhile', async () => {
    answers = [paid(15, 'one'), { status: 403, body: { state: 'refunded', message: '' } }]
    await open('?session_id=cs_test_1')
    await link().waitFor()
    await page.clock.runFor(14.5 * MINUTE)
    await hasTitle(orderWords.refused.refunded.title)
    expect(await link().count()).toBe(0)
  })

  it('gets a new link first when an old one is clicked on a device that slept', async () => {
    answers = [paid(15, 'one'), paid(200, 'two')]
    await open('?session_id=cs_test_1')
    await link().waitFor()
    await page.clock.pauseAt(START + 180 * MINUTE)
    const download = page.waitForRequest(/download/)
    await link().click()
    expect(new URL((await download).url()).search).toBe('?token=two')
  })

  it('offers to try again without a connection, and keeps the reader’s place', async () => {
    await page.route('**/get_entitlements', (route) => route.abort())
    await open('?session_id=cs_test_1')
    await hasTitle(orderWords.offline.title)
    await page.unroute('**/get_entitlements')
    answers = [paid(15, 'one')]
    await page.getByRole('button', { name: orderWords.again }).click()
    await hasTitle(orderWords.paid.title)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
  })

  it('asks nobody about an address that names no order', async () => {
    await open('?session_id={CHECKOUT_SESSION_ID}')
    await hasTitle(orderWords.noReference.title)
    expect(questions).toEqual([])
    expect(await page.locator('#order a').first().getAttribute('href')).toBe('/purchases/')
  })
})
