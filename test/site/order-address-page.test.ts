import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { orderWords } from '../../site/_data/order-words.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { type Answer, type Question, serveSite } from './serve-site.ts'

const words = orderWords.address
const START = Date.parse('2026-11-03T10:00:00Z')
const MINUTE = 60_000
const SESSION = 'cs_test_a1B2c3D4'
const [OLD, NEW] = ['ada@exampel.com', 'ada@example.com']

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let page: Page
let questions: Question[]
let complaints: string[]
/** What the two doors answer; null cuts the line. */
let entitled: Answer | null
let correction: Answer | null

beforeAll(async () => {
  site = await createSampleSite()
  await site.build([])
  server = await serveSite(site.folder, (question) => {
    questions.push(question)
    return question.path === '/correct_email' ? correction : entitled
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
  complaints = []
  entitled = paid({ email: OLD, correctable_until: at(50) })
  correction = { status: 200, body: { state: 'corrected', order: { email: NEW } } }
  page = await browser.newPage({ viewport: { width: 320, height: 640 } })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const isNoise = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isNoise) complaints.push(message.text())
  })
  await page.clock.install({ time: START })
})
afterEach(async () => {
  await page.close()
  expect(complaints).toEqual([])
})

const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString()

type Address = { email: string | null; correctable_until?: string | null }

/** The order as the shop tells it at a minute of the test; `mark` tells its links from others. */
function paid(address: Address, { mark = 'one', notice = null as string | null, minute = 0 } = {}): Answer {
  const download = {
    slug: 'book',
    title: 'A Book',
    filename: 'book.pdf',
    size_bytes: 2_134_567,
    sha256: 'a'.repeat(64),
    url: `/download?token=${mark}`,
    expires_at: at(minute + 15),
  }
  const order = { id: 'ord_1', total: 1900, currency: 'eur', ...address }
  const headers = { date: new Date(at(minute)).toUTCString() }
  return { status: 200, body: { state: 'paid', order, downloads: [download], notice }, headers }
}

const open = async (search = `?session_id=${SESSION}`) => {
  await page.goto(`${server.url}/success/${search}`)
  await page.locator('.downloads a').waitFor()
}
const shown = () => page.locator('.address h3 strong').textContent()
const offer = () => page.getByRole('button', { name: words.offer })
const field = () => page.getByLabel(words.form.label)
const problem = () => page.locator('.address').getByRole('alert')
const warning = () => page.locator('.address-warning')
const href = () => page.locator('.downloads a').getAttribute('href')
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)
const asked = (path: string) => questions.filter((question) => question.path === path).map(({ body }) => body)
const becomeVisible = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

async function correct(email: string): Promise<void> {
  await offer().click()
  await field().fill(email)
  await page.getByRole('button', { name: words.form.submit }).click()
}

describe('the address on /success/', () => {
  it('stands large under what is said of the order, before the files, and overflows nothing', async () => {
    entitled = paid({ email: `${'very-long-name'.repeat(5)}@example.com`, correctable_until: at(50) })
    await open()
    expect(await page.locator('.address h3').textContent()).toContain(words.label)
    const order = await page.locator('#order > *').evaluateAll((parts) => parts.map(({ tagName }) => tagName))
    expect(order).toEqual(['H2', 'P', 'SECTION', 'UL', 'DL'])
    const sizes = await page
      .locator('.address h3 strong, #order .download-file')
      .evaluateAll((parts) => parts.map((part) => Number.parseFloat(getComputedStyle(part).fontSize)))
    expect(sizes[0]).toBeGreaterThan((sizes[1] ?? 0) * 1.3)
    const { scrollWidth, clientWidth } = await page.evaluate(widths)
    expect(scrollWidth).toBe(clientWidth)
  })

  it('is shown masked, and cannot be corrected, through a link', async () => {
    entitled = paid({ email: 'a•••@e•••.com', correctable_until: null })
    await open('?access=ey.J.x')
    expect(await shown()).toBe('a•••@e•••.com')
    expect(await offer().count()).toBe(0)
  })

  it('is not there where the order has none', async () => {
    entitled = paid({ email: null })
    await open()
    expect(await page.locator('.address').count()).toBe(0)
  })

  it('is corrected by the keyboard alone; older links are gone at once, and the page has new ones', async () => {
    await open()
    for (let presses = 0; !(await offer().evaluate((one) => one === document.activeElement)); presses += 1) {
      expect(presses).toBeLessThan(20)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    expect([await focused(), await field().inputValue()]).toEqual(['email', OLD])
    entitled = paid({ email: NEW, correctable_until: null }, { mark: 'two' })
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(` ${NEW.toUpperCase()}\n`)
    await page.locator('.downloads a[href$=two]').waitFor()
    expect(asked('/correct_email')).toEqual([{ session_id: SESSION, email: NEW }])
    expect(asked('/get_entitlements')).toHaveLength(2)
    expect([await shown(), await focused()]).toEqual([NEW, 'H3'])
    expect(await page.locator('.address').textContent()).toContain(words.corrected)
    expect(await page.getByRole('status').textContent()).toBe(words.corrected)
    expect([await offer().count(), await field().count()]).toEqual([0, 0])
  })

  it('says before sending what it does, and can be left as it is', async () => {
    await open()
    await offer().click()
    const describedBy = (await field().getAttribute('aria-describedby'))?.split(' ') ?? []
    expect(await page.locator(`#${describedBy[0]}`).textContent()).toBe(words.form.hint)
    await page.getByRole('button', { name: words.form.keep }).click()
    expect(await offer().evaluate((one) => one === document.activeElement)).toBe(true)
    expect([await field().count(), questions.length]).toEqual([0, 1])
  })

  it('asks nobody about what is no address, or the same one', async () => {
    await open()
    await offer().click()
    for (const typed of ['', 'ada@example', 'a@b.example, c@d.example']) {
      await field().fill(typed)
      await field().press('Enter')
      await expect.poll(() => problem().textContent()).toBe(orderWords.problem.email)
    }
    await field().fill(OLD.toUpperCase())
    await field().press('Enter')
    await expect.poll(() => problem().textContent()).toBe(words.same)
    expect([await focused(), await field().getAttribute('aria-invalid')]).toEqual(['email', 'true'])
    expect(asked('/correct_email')).toEqual([])
  })

  it.each<[string, Answer | null, string]>([
    [
      'a closed door',
      { status: 429, body: {}, headers: { 'retry-after': '540' } },
      orderWords.problem.often('9 minutes'),
    ],
    ['an outage', { status: 503, body: {} }, orderWords.problem.down],
    ['no connection', null, orderWords.problem.offline],
    ['a shop that knows better', { status: 400, body: { error: {} } }, orderWords.problem.email],
  ])('keeps what was typed at %s, and goes on from there', async (_name, answer, said) => {
    await open()
    const before = correction
    correction = answer
    await correct(NEW)
    await expect.poll(() => problem().textContent()).toBe(said)
    expect([await field().inputValue(), await href()]).toEqual([NEW, '/download?token=one'])
    correction = before
    entitled = paid({ email: NEW, correctable_until: null })
    await field().press('Enter')
    await expect.poll(shown).toBe(NEW)
  })

  it('knows that it was corrected when only the answer got lost', async () => {
    await open()
    correction = null
    await correct(NEW)
    await expect.poll(() => problem().textContent()).toBe(orderWords.problem.offline)
    correction = { status: 409, body: { state: 'same_email', message: '' } }
    entitled = paid({ email: NEW, correctable_until: null }, { mark: 'two' })
    await field().press('Enter')
    await page.locator('.downloads a[href$=two]').waitFor()
    expect(await page.locator('.address').textContent()).toContain(words.corrected)
  })

  it.each<[string, number, string]>([
    ['already_corrected', 409, words.over.already_corrected],
    ['too_late', 409, words.over.too_late],
    ['not_found', 404, words.over.gone],
  ])('says that it is over, and whom to write to: %s', async (state, status, said) => {
    await open()
    correction = { status, body: status === 404 ? { error: { code: state, message: '' } } : { state, message: '' } }
    await correct(NEW)
    await page.locator('.address').getByText(said).waitFor()
    expect([await shown(), await offer().count(), await field().count()]).toEqual([OLD, 0, 0])
    expect(await page.locator('.address a').getAttribute('href')).toMatch(/^mailto:.+@/)
    expect(await focused()).toBe('H3')
    await expect.poll(() => asked('/get_entitlements').length).toBe(2)
  })

  it('gets a new link before a click, when the shop was away right after the correction', async () => {
    await open()
    entitled = { status: 503, body: null, headers: { 'retry-after': '300' } }
    await correct(NEW)
    await expect.poll(() => asked('/get_entitlements').length).toBe(2)
    expect([await shown(), await href()]).toEqual([NEW, '/download?token=one'])
    entitled = paid({ email: NEW, correctable_until: null }, { mark: 'two' })
    const download = page.waitForRequest(/download\?/)
    await page.locator('.downloads a').click()
    expect(new URL((await download).url()).search).toBe('?token=two')
  })

  it('does not believe an answer to a question from before the correction', async () => {
    await open()
    let arrive = () => {}
    const held = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const late = paid({ email: OLD, correctable_until: at(50) }, { mark: 'dead' })
    const answerLate = async (route: Route) => {
      await held
      await route.fulfill({ json: late.body, headers: late.headers ?? {} })
    }
    await page.route('**/get_entitlements', answerLate, { times: 1 })
    const early = page.waitForRequest('**/get_entitlements')
    await page.clock.fastForward(MINUTE)
    await early
    await correct(NEW)
    await expect.poll(shown).toBe(NEW)
    entitled = { status: 503, body: null, headers: { 'retry-after': '300' } }
    arrive()
    await expect.poll(() => asked('/get_entitlements').length).toBe(2)
    expect([await shown(), await href()]).toEqual([NEW, '/download?token=one'])
  })

  it('can be corrected no longer when the hour is over, by the server’s clock', async () => {
    entitled = paid({ email: OLD, correctable_until: at(50) }, { minute: 42 })
    await open()
    // Whatever the page asks meanwhile: an answer that still called it minute 42 would give it more time.
    entitled = { status: 503, body: null, headers: { 'retry-after': '300' } }
    await page.clock.runFor(7.5 * MINUTE)
    expect(await offer().count()).toBe(1)
    await page.clock.runFor(MINUTE)
    expect([await offer().count(), await shown()]).toEqual([0, OLD])
  })

  it('F35 tells by itself after a minute that the mail came back, and leaves alone what is being typed', async () => {
    await open()
    expect(await warning().count()).toBe(0)
    await offer().click()
    await field().fill('ada@')
    entitled = paid({ email: OLD, correctable_until: at(50) }, { notice: 'bounced', mark: 'two', minute: 1 })
    await page.clock.fastForward(MINUTE)
    await warning().waitFor()
    expect(await warning().textContent()).toBe(`${words.bounced.said} ${words.bounced.early}`)
    expect([await field().inputValue(), await focused()]).toEqual(['ada@', 'email'])
    expect(await href()).toBe('/download?token=two')
    entitled = paid({ email: NEW, correctable_until: null }, { minute: 1 })
    await field().fill(NEW)
    await field().press('Enter')
    await expect.poll(() => warning().count()).toBe(0)
  })

  it('F35 tells whoever comes back from an empty mailbox, but asks nobody more often than in 20 seconds', async () => {
    await open()
    await page.clock.runFor(10_000)
    await becomeVisible()
    expect(questions).toHaveLength(1)
    entitled = paid({ email: OLD, correctable_until: at(50) }, { notice: 'bounced' })
    await page.clock.runFor(10_000)
    await becomeVisible()
    await warning().waitFor()
    expect(questions).toHaveLength(2)
  })

  it('F35 says whom to write to when the address cannot be corrected here', async () => {
    entitled = paid({ email: OLD, correctable_until: null }, { notice: 'complained' })
    await open()
    expect(await warning().textContent()).toBe(`${words.complained.said} ${words.complained.late}`)
    expect(await page.locator('.address a').getAttribute('href')).toMatch(/^mailto:/)
  })

  it('names links and warnings by attributes, since older browsers do not know the properties', async () => {
    await page.addInitScript(() => {
      for (const name of ['ariaLabel', 'ariaHidden', 'role']) Reflect.deleteProperty(Element.prototype, name)
    })
    entitled = paid({ email: OLD, correctable_until: null }, { notice: 'bounced' })
    await open()
    expect(await page.locator('.downloads a').getAttribute('aria-label')).toBe('Download A Book, book.pdf')
    expect(await page.locator('section [role=alert]').count()).toBe(1)
  })
})

/** An element itself would arrive without its properties. */
function widths() {
  const { scrollWidth, clientWidth } = document.documentElement
  return { scrollWidth, clientWidth }
}
