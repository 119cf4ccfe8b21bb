import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { orderWords as words } from '../../site/_data/order-words.ts'
import { openBrowser } from '../support/browser.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { type Answer, type Question, serveSite } from './serve-site.ts'

const START = Date.parse('2026-11-03T10:00:00Z')
const BUYER = 'ada@example.com'
const SESSION = 'cs_test_a1B2c3D4'
const PROOF = { session_id: SESSION }

const sent: Answer = { status: 202, body: { state: 'sent' } }
const stranger: Answer = { status: 401, body: { state: 'verify_email', message: 'x' } }
const runOut: Answer = { status: 410, body: { error: { code: 'link_expired', message: 'x' } } }
const order = { id: 'ord_1', total: 1900, currency: 'eur' }
const paid: Answer = { status: 200, body: { state: 'paid', order, downloads: [] } }
const opened: Answer = { status: 200, body: { access: 'ey.J.x' } }
const wrong = (tries_left: number): Answer => ({ status: 401, body: { state: 'wrong_code', tries_left } })
const over: Answer = { status: 410, body: { state: 'code_over' } }

let site: SampleSite
let server: Awaited<ReturnType<typeof serveSite>>
let browser: Browser
let page: Page
let questions: Question[]
let complaints: string[]
/** What each door answers; null cuts the line. */
let doors: Record<string, Answer | null>

beforeAll(async () => {
  site = await createSampleSite()
  await site.build([])
  server = await serveSite(site.folder, (question) => {
    questions.push(question)
    const isOpened = 'access' in (question.body as object) && question.path === '/get_entitlements'
    return (isOpened && doors.opened) || (doors[question.path] ?? null)
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
  doors = {
    '/get_entitlements': stranger,
    '/send_access_code': sent,
    '/send_access_link': sent,
    '/redeem_access_code': opened,
    opened: paid,
  }
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

const hasTitle = (text: string) => page.locator('#order h2').filter({ hasText: text }).waitFor()
const address = () => page.getByLabel(words.form.email)
const code = () => page.getByLabel(words.form.code)
const problem = () => page.getByRole('alert')
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)
const asked = (path: string) => questions.filter((question) => question.path === path).map(({ body }) => body)
const submitTop = async () => (await page.locator('#order form button').boundingBox())?.y

async function meet(search = `?session_id=${SESSION}`, title: string = words.refused.verify_email.title) {
  await page.goto(`${server.url}/success/${search}`)
  await hasTitle(title)
}

async function askForCode(): Promise<void> {
  await meet()
  await address().fill(` ${BUYER.toUpperCase()}`)
  await page.getByRole('button', { name: words.form.sendCode }).click()
  await code().waitFor()
}

async function tryCode(typed: string): Promise<void> {
  await code().fill(typed)
  await page.getByRole('button', { name: words.form.redeem }).click()
}

describe('/success/ in a browser that did not buy', () => {
  it('says that the order is safe and asks for the address, without stealing the focus', async () => {
    await meet()
    expect(await page.locator('#order').textContent()).toContain(words.refused.verify_email.text)
    expect(await page.getByRole('status').textContent()).toContain(words.refused.verify_email.title)
    expect(await focused()).toBe('BODY')
    expect(await address().getAttribute('autocomplete')).toBe('email')
    expect(questions).toHaveLength(1)
  })

  it('opens the order with the code, forgets the session, and survives a reload', async () => {
    await askForCode()
    expect(asked('/send_access_code')).toEqual([{ ...PROOF, email: BUYER }])
    expect(await page.locator('#order .lead').textContent()).toBe(words.codeSent(BUYER).text)
    expect(await focused()).toBe('code')
    const field = await code().evaluate(({ inputMode, autocomplete }: HTMLInputElement) => [inputMode, autocomplete])
    expect(field).toEqual(['numeric', 'one-time-code'])
    await tryCode('123 456')
    await hasTitle(words.paidEmpty.title)
    expect(asked('/redeem_access_code')).toEqual([{ ...PROOF, code: '123456' }])
    expect(await focused()).toBe('H2')
    await page.reload()
    await hasTitle(words.paidEmpty.title)
    expect(asked('/get_entitlements').slice(1)).toEqual([{ access: 'ey.J.x' }, { access: 'ey.J.x' }])
    expect(await page.evaluate(() => history.state)).toEqual({ access: 'ey.J.x' })
  })

  it('works with the keyboard alone', async () => {
    await meet()
    for (let presses = 0; (await focused()) !== 'email' && presses < 20; presses += 1) await page.keyboard.press('Tab')
    await page.keyboard.type(`${BUYER}\n`)
    await code().waitFor()
    await page.keyboard.type('12345\n')
    await expect.poll(() => problem().textContent()).toBe(words.problem.code)
    await page.keyboard.type('123456')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await hasTitle(words.paidEmpty.title)
    expect(asked('/redeem_access_code')).toEqual([{ ...PROOF, code: '123456' }])
  })

  it('asks nobody about what cannot be an address or a code', async () => {
    await meet()
    for (const typed of ['', 'ada', 'ada@example', 'a b@example.com']) {
      await address().fill(typed)
      await address().press('Enter')
      await expect.poll(() => problem().textContent()).toBe(words.problem.email)
      expect(await address().getAttribute('aria-invalid')).toBe('true')
    }
    expect(questions).toHaveLength(1)
  })

  it('says beside the field how many tries are left, and moves nothing', async () => {
    await askForCode()
    const top = await submitTop()
    for (const [left, answer] of [3, 1].map((left) => [left, wrong(left)] as const)) {
      doors['/redeem_access_code'] = answer
      await tryCode('000000')
      await expect.poll(() => problem().textContent()).toBe(words.problem.wrong(left))
      expect(await submitTop()).toBe(top)
    }
    expect(words.problem.wrong(1)).toBe('That is not the code. One try left.')
    expect(await focused()).toBe('code')
    expect(await code().evaluate((input: HTMLInputElement) => input.selectionEnd)).toBe(6)
  })

  it.each<[string, Answer | null, string]>([
    ['a closed door', { status: 429, body: {}, headers: { 'retry-after': '540' } }, words.problem.often('9 minutes')],
    ['an outage', { status: 503, body: {} }, words.problem.down],
    ['no connection', null, words.problem.offline],
    ['a shop that knows better', { status: 400, body: { error: {} } }, words.problem.code],
  ])('keeps what was typed at %s', async (_name, answer, said) => {
    await askForCode()
    const top = await submitTop()
    doors['/redeem_access_code'] = answer
    await tryCode('123456')
    await expect.poll(() => problem().textContent()).toBe(said)
    expect(await code().inputValue()).toBe('123456')
    expect(await submitTop()).toBe(top)
    doors['/redeem_access_code'] = opened
    await code().press('Enter')
    await hasTitle(words.paidEmpty.title)
  })

  it('asks for a new code when one is over, to the same address, once the shop would send it', async () => {
    await askForCode()
    doors['/redeem_access_code'] = over
    await tryCode('000000')
    await hasTitle(words.codeOver.title)
    expect(await address().inputValue()).toBe(BUYER)
    await page.getByRole('button', { name: words.form.newCode }).click()
    await expect.poll(() => problem().textContent()).toContain('new code')
    expect(asked('/send_access_code')).toHaveLength(1)
    await page.clock.runFor(60_000)
    await page.getByRole('button', { name: words.form.newCode }).click()
    await code().waitFor()
    expect(asked('/send_access_code')).toHaveLength(2)
  })

  it('sends again after a minute, and says how long that is', async () => {
    await askForCode()
    await page.getByRole('button', { name: words.form.resendIn('60 seconds') }).waitFor()
    await page.clock.runFor(59_000)
    expect(await page.getByRole('button', { name: words.form.resendIn('1 second') }).isDisabled()).toBe(true)
    await page.clock.runFor(2_000)
    await page.getByRole('button', { name: words.form.resend, exact: true }).click()
    await page.getByRole('button', { name: words.form.resendIn('60 seconds') }).waitFor()
    expect(asked('/send_access_code')).toHaveLength(2)
    expect(await focused()).toBe('code')
  })

  it('lets the buyer take another address', async () => {
    await askForCode()
    await page.getByRole('button', { name: words.form.other }).click()
    await hasTitle(words.refused.verify_email.title)
    expect(await focused()).toBe('email')
    await address().fill('other@example.com')
    await address().press('Enter')
    await hasTitle(words.codeSent('').title)
    expect(asked('/send_access_code').at(-1)).toEqual({ ...PROOF, email: 'other@example.com' })
  })

  it('still waits for the code when a look into the mailbox cost the page its memory', async () => {
    await askForCode()
    await page.clock.runFor(30_000)
    await page.reload()
    await code().waitFor()
    expect(await page.locator('#order .lead').textContent()).toBe(words.codeSent(BUYER).text)
    await tryCode('123456')
    await hasTitle(words.paidEmpty.title)
  })

  it('sends once when a button is pressed twice, and does not lose what is typed when the line comes back', async () => {
    await meet()
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/send_access_code', async (route) => {
      await held
      await route.continue()
    })
    await address().fill(BUYER)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    const button = page.locator('#order form button')
    await button.click()
    expect(await button.textContent()).toBe(words.form.busy)
    await button.click()
    answer()
    await code().waitFor()
    expect(asked('/send_access_code')).toHaveLength(1)
    expect(asked('/get_entitlements')).toHaveLength(1)
  })
})

describe('/success/ with a receipt’s link that has run out', () => {
  it('asks for the address and says the same whatever was typed', async () => {
    doors.opened = runOut
    await meet('?access=ey.J.old', words.refused.link_expired.title)
    await address().fill(BUYER)
    await page.getByRole('button', { name: words.form.sendLink }).click()
    await hasTitle(words.linkSent(BUYER).title)
    expect(asked('/send_access_link')).toEqual([{ access: 'ey.J.old', email: BUYER }])
    expect(await page.locator('#order .lead').textContent()).toBe(words.linkSent(BUYER).text)
    expect(await focused()).toBe('H2')
    await page.getByRole('button', { name: words.form.other }).click()
    await hasTitle(words.refused.link_expired.title)
    expect(await focused()).toBe('email')
  })
})
