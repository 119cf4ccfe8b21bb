import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { purchasePageWords as labels } from '../../site/_data/purchase-page-words.ts'
import { purchaseWords as words } from '../../site/_data/purchase-words.ts'
import { openBrowser } from '../support/browser.ts'
import { BUYER, samplePage, samplePurchase } from './purchase-samples.ts'
import { openPurchasesStage, type PortalDoor, type PurchasesStage } from './purchases-stage.ts'

const PASSWORD = 'correct horse'

let stage: PurchasesStage
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  stage = await openPurchasesStage()
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

beforeEach(async () => {
  stage.state.identityDown = false
  stage.state.asked = []
  Object.assign(stage.doors, standardDoors())
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

/** The doors as the shop answers them: an account first, then the visit of a link. */
function standardDoors(): Record<string, PortalDoor> {
  const orders = [samplePurchase(1), samplePurchase(2)]
  return {
    '/get_purchases': ({ user, cookie }) => {
      if (user) return { status: 200, body: samplePage(orders, { email: user }) }
      if (cookie.includes('visit=open')) return { status: 200, body: samplePage(orders, { via: 'link' }) }
      return { status: 401, body: { error: { code: 'unauthenticated', message: '', request_id: '' } } }
    },
    '/send_portal_link': () => ({ status: 202, body: { state: 'sent' } }),
    '/open_portal_link': ({ body }) =>
      body.token === 'good'
        ? {
            status: 200,
            body: { state: 'open', email: BUYER },
            headers: { 'set-cookie': 'visit=open; HttpOnly; Path=/' },
          }
        : { status: 410, body: { state: 'link_over', message: '' } },
    '/close_portal': () => ({
      status: 200,
      body: { state: 'closed' },
      headers: { 'set-cookie': 'visit=; HttpOnly; Path=/; Max-Age=0' },
    }),
  }
}

let people = 0
const someone = () => `person${++people}@example.com`
const hasTitle = (text: string, where = page) =>
  where.locator('#portal').getByRole('heading', { name: text, exact: true }).waitFor()
const open = (address = '/purchases/', where = page) => where.goto(stage.url + address)
const submit = (name: string, where = page) => where.getByRole('button', { name, exact: true }).click()

async function signUp(email: string): Promise<void> {
  await open('/purchases/#sign-up')
  await page.getByLabel(labels.email).fill(email)
  await page.getByLabel(labels.password, { exact: true }).fill(PASSWORD)
  await submit(labels.signUp.button)
  await hasTitle(words.sent.confirmation.title)
}

async function confirm(email: string): Promise<void> {
  await open(new URL(await stage.mailedLink(email)).href.slice(stage.url.length))
  await hasTitle(labels.confirm.title)
  await submit(labels.confirm.button)
  await hasTitle(words.list.title)
}

async function signIn(email: string, password = PASSWORD, where = page): Promise<void> {
  const form = where.locator('[data-form=account]')
  await form.getByLabel(labels.email).fill(email)
  await form.getByLabel(labels.password, { exact: true }).fill(password)
  await form.getByRole('button', { name: labels.enter.accountButton }).click()
}

async function signOut(): Promise<void> {
  await submit(words.list.signOut)
  await page.getByText(words.said['signed-out']).first().waitFor()
}

/** Somebody with a confirmed account, signed in. */
async function member(): Promise<string> {
  const email = someone()
  await signUp(email)
  await confirm(email)
  return email
}

describe('an account', () => {
  it('is opened, confirmed through a mail that leads to the home page, and shows the orders', async () => {
    const email = someone()
    await signUp(email)
    expect(await page.locator('#portal').textContent()).toContain(email)
    const link = new URL(await stage.mailedLink(email))
    expect(link.pathname).toBe('/')
    await page.goto(link.href)
    await page.waitForURL(`${stage.url}/purchases/`)
    await hasTitle(labels.confirm.title)
    expect(page.url()).toBe(`${stage.url}/purchases/`)
    expect(stage.state.asked).not.toContain('POST /verify')
    await submit(labels.confirm.button)
    await hasTitle(words.list.title)
    expect(await page.locator('.said').textContent()).toBe(words.said.confirmed)
    expect(await page.locator('.purchase').count()).toBe(2)
    await page.reload()
    await hasTitle(words.list.title)
    expect(await page.locator('.said').count()).toBe(0)
  })

  it('keeps the mail’s token through a reload, and says so when it was used before', async () => {
    const email = someone()
    await signUp(email)
    const link = await stage.mailedLink(email)
    await page.goto(link)
    await hasTitle(labels.confirm.title)
    await page.reload()
    await submit(labels.confirm.button)
    await hasTitle(words.list.title)
    await signOut()
    await page.goto(link)
    await submit(labels.confirm.button)
    await hasTitle(words.stop['confirm-over'].title)
    await page.getByRole('link', { name: words.way.signIn }).click()
    await signIn(email)
    await hasTitle(words.list.title)
  })

  it('says beside the field what is wrong, and leads there', async () => {
    await open('/purchases/#sign-up')
    await submit(labels.signUp.button)
    expect(await page.locator('#new-email-problem').textContent()).toBe(words.field.emailMissing)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-email')
    await page.getByLabel(labels.email).fill('ada@')
    await submit(labels.signUp.button)
    expect(await page.locator('#new-email-problem').textContent()).toBe(words.field.emailBad)
    await page.getByLabel(labels.email).fill(BUYER)
    await page.getByLabel(labels.password, { exact: true }).fill('short')
    await submit(labels.signUp.button)
    expect(await page.locator('#new-password-problem').textContent()).toBe(words.field.passwordShort)
    expect(await page.getByLabel(labels.password, { exact: true }).getAttribute('aria-invalid')).toBe('true')
    expect(stage.state.asked).toEqual([])
  })

  it('that exists leads to signing in, and to a new password', async () => {
    const email = await member()
    await signOut()
    await page.getByRole('link', { name: labels.enter.signUp }).click()
    await hasTitle(labels.signUp.title)
    await page.getByLabel(labels.email).fill(email)
    await page.getByLabel(labels.password, { exact: true }).fill(PASSWORD)
    await submit(labels.signUp.button)
    await page.getByText(words.problem.taken).waitFor()
    await page.locator('.form-problem').getByRole('link', { name: words.way.newPassword }).click()
    await hasTitle(labels.forgot.title)
  })

  it('does not open with a wrong password, nor for a stranger, in the same words', async () => {
    const email = await member()
    await signOut()
    for (const [who, password] of [
      [email, 'wrong password'],
      [someone(), PASSWORD],
    ] as const) {
      await signIn(who, password)
      await page.locator('#account-password-problem').filter({ hasText: words.problem.wrong }).waitFor()
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('account-password')
    }
    await signIn(email)
    await hasTitle(words.list.title)
  })

  it('that is not confirmed shows nothing, and offers the mail again', async () => {
    const email = someone()
    await signUp(email)
    await open('/purchases/#enter')
    await signIn(email)
    await page.getByText(words.problem.unconfirmed).waitFor()
    stage.state.ahead += 16 * 60
    const before = await stage.mailCount()
    await submit(words.way.sendAgain)
    await hasTitle(words.sent.confirmation.title)
    await expect.poll(() => stage.mailCount(), { timeout: 20_000 }).toBe(before + 1)
    expect(stage.state.asked).not.toContain('/get_purchases')
  })

  it('gets a new password through a mail, whose token counts once', async () => {
    const email = await member()
    await signOut()
    await page.getByRole('link', { name: labels.enter.forgot }).click()
    await hasTitle(labels.forgot.title)
    await page.getByLabel(labels.email).fill(email)
    await submit(labels.forgot.button)
    await hasTitle(words.sent.recovery.title)
    const link = await stage.mailedLink(email)
    expect(link).toContain('#recovery_token=')
    await page.goto(link)
    await hasTitle(labels.setPassword.title)
    await page.getByLabel(labels.newPassword).fill('short')
    await submit(labels.setPassword.button)
    await page.getByText(words.field.passwordShort).waitFor()
    await page.getByLabel(labels.newPassword).fill('battery staple')
    await submit(labels.setPassword.button)
    await hasTitle(words.list.title)
    expect(await page.locator('.said').textContent()).toBe(words.said['password-changed'])
    await signOut()
    await signIn(email)
    await page.getByText(words.problem.wrong).waitFor()
    await signIn(email, 'battery staple')
    await hasTitle(words.list.title)
    await signOut()
    await page.goto(link)
    await page.getByLabel(labels.newPassword).fill('battery staple')
    await submit(labels.setPassword.button)
    await hasTitle(words.stop['recovery-over'].title)
  })

  it('gets no password that Identity refuses, and says why; the mail’s token is still spent once', async () => {
    const email = await member()
    await signOut()
    await open('/purchases/#forgot')
    await page.getByLabel(labels.email).fill(email)
    await submit(labels.forgot.button)
    await hasTitle(words.sent.recovery.title)
    await page.goto(await stage.mailedLink(email))
    const reason = 'Password is known to everybody'
    const refuse = { status: 422, json: { code: 422, msg: reason } }
    await page.route('**/.netlify/identity/user', (route) =>
      route.request().method() === 'PUT' ? route.fulfill(refuse) : route.fallback(),
    )
    stage.state.asked = []
    await page.getByLabel(labels.newPassword).fill('password')
    await submit(labels.setPassword.button)
    await page.locator('#recovery-password-problem').filter({ hasText: reason }).waitFor()
    await page.unroute('**/.netlify/identity/user')
    await page.getByLabel(labels.newPassword).fill('battery staple')
    await submit(labels.setPassword.button)
    await hasTitle(words.list.title)
    expect(stage.state.asked.filter((one) => one === 'POST /verify')).toHaveLength(1)
  })

  it('does not tell who has one when a password is forgotten', async () => {
    const known = await member()
    await signOut()
    const answers: (string | null)[] = []
    // The second mail within 15 minutes is one too many for Identity, which says so only of accounts that exist.
    for (const email of [known, known, someone()]) {
      await open('/purchases/#forgot')
      await page.reload()
      await hasTitle(labels.forgot.title)
      await page.getByLabel(labels.email).fill(email)
      await submit(labels.forgot.button)
      await hasTitle(words.sent.recovery.title)
      answers.push((await page.locator('#portal').textContent())?.replace(email, '') ?? null)
    }
    expect(new Set(answers).size).toBe(1)
  })

  it('is opened by an invitation with nothing but a password', async () => {
    const email = someone()
    await signUp(email)
    // Identity's own invitations are the seller's to send; to the library they are a token like that of a sign-up.
    const token = new URLSearchParams(new URL(await stage.mailedLink(email)).hash.slice(1)).get('confirmation_token')
    await page.goto(`${stage.url}/#invite_token=${token}`)
    await hasTitle(labels.join.title)
    await page.getByLabel(labels.newPassword).fill(PASSWORD)
    await submit(labels.join.button)
    await hasTitle(words.list.title)
    await page.reload()
    await hasTitle(words.list.title)
  })

  it('moves to another address by a mail, in the browser that is signed in', async () => {
    const [email, next] = [await member(), someone()]
    const [stored, cookies] = [await page.evaluate(() => localStorage.getItem('gotrue.user')), await context.cookies()]
    const { token } = JSON.parse(stored ?? '')
    await page.request.put(`${stage.url}/.netlify/identity/user`, {
      data: { email: next },
      headers: { authorization: `Bearer ${token.access_token}` },
    })
    const link = await stage.mailedLink(next)
    await page.evaluate(() => localStorage.clear())
    await context.clearCookies()
    await page.goto(link)
    await submit(labels.changeEmail.button)
    await page.getByText(words.problem['signed-out']).waitFor()
    await page.evaluate((text) => localStorage.setItem('gotrue.user', text ?? ''), stored)
    await context.addCookies(cookies)
    await page.goto('about:blank')
    await page.goto(link)
    await submit(labels.changeEmail.button)
    await page.locator('.said').filter({ hasText: words.said['email-changed'] }).waitFor()
    await signOut()
    await signIn(email)
    await page.getByText(words.problem.wrong).waitFor()
    await signIn(next)
    await hasTitle(words.list.title)
  })

  it('shows the password on demand', async () => {
    await open()
    const field = page.locator('#account-password')
    await field.fill(PASSWORD)
    await page.getByRole('button', { name: labels.showPassword }).click()
    expect(await field.getAttribute('type')).toBe('text')
    expect(await page.getByRole('button', { name: labels.showPassword }).getAttribute('aria-pressed')).toBe('true')
  })

  it('says that Identity is away, and keeps what was typed', async () => {
    stage.state.identityDown = true
    await open()
    await signIn(BUYER)
    await page.getByText(words.problem.down).waitFor()
    expect(await page.locator('#account-email').inputValue()).toBe(BUYER)
    await page.route('**/.netlify/identity/token', (route) => route.abort())
    await submit(labels.enter.accountButton)
    await page.getByText(words.problem.offline).waitFor()
  })
})

describe('a session', () => {
  it('comes back after the browser was closed, which ends the cookies', async () => {
    await member()
    await context.clearCookies()
    stage.state.asked = []
    await page.reload()
    await hasTitle(words.list.title)
    // The session has not run out, so there is nothing to renew.
    expect(stage.state.asked).not.toContain('POST /token')
  })

  it('is renewed when its hour is over, once for all tabs', async () => {
    await member()
    const other = await newPage()
    await open('/purchases/', other)
    await hasTitle(words.list.title, other)
    stage.state.ahead += 61 * 60
    stage.state.asked = []
    await Promise.all([page.reload(), other.reload()])
    await Promise.all([hasTitle(words.list.title), hasTitle(words.list.title, other)])
    expect(stage.state.asked.filter((one) => one === 'POST /token')).toHaveLength(1)
  })

  it('outlives an Identity that is away when it should be renewed', async () => {
    await member()
    stage.state.ahead += 61 * 60
    stage.state.identityDown = true
    await page.reload()
    await hasTitle(words.stop.busy('').title)
    stage.state.identityDown = false
    await submit(words.way.again)
    await hasTitle(words.list.title)
  })

  it('that is over leads back to the ways in, and says so', async () => {
    await member()
    stage.state.ahead += 31 * 24 * 3600
    await page.reload()
    await hasTitle(labels.enter.title)
    await page.locator('.said').filter({ hasText: words.said['session-over'] }).waitFor()
    expect(await page.evaluate(() => document.cookie + localStorage.getItem('gotrue.user'))).toBe('null')
  })

  it('ends in all tabs when it ends in one', async () => {
    await member()
    const other = await newPage()
    await open('/purchases/', other)
    await hasTitle(words.list.title, other)
    await signOut()
    await hasTitle(labels.enter.title, other)
    expect(await other.locator('.said').textContent()).toBe(words.said['signed-out-elsewhere'])
    expect(await other.locator('.purchase').count()).toBe(0)
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })

  it('that begins in one tab begins in the others', async () => {
    const email = await member()
    await signOut()
    const other = await newPage()
    await open('/purchases/', other)
    await hasTitle(labels.enter.title, other)
    await signIn(email)
    await hasTitle(words.list.title, other)
  })
})

describe('a link by mail', () => {
  it('is asked for without an account, whoever asks', async () => {
    await open()
    const form = page.locator('[data-form=link]')
    await form.getByLabel(labels.email).fill('nobody@example.com')
    await form.getByRole('button').click()
    await hasTitle(words.sent.link.title)
    await submit(words.way.otherAddress)
    await hasTitle(labels.enter.title)
    expect(stage.state.asked).toEqual(['/send_portal_link'])
  })

  it('leaves the address at once, and is used up by the button only', async () => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.headers().referer ?? ''))
    await open('/purchases/?link=good')
    await hasTitle(labels.openLink.title)
    expect(page.url()).toBe(`${stage.url}/purchases/`)
    expect(stage.state.asked).toEqual([])
    await page.reload()
    await submit(labels.openLink.button)
    await hasTitle(words.list.title)
    expect(await page.locator('.visit-who').textContent()).toContain(BUYER)
    expect(await page.getByRole('link', { name: words.own.delete }).count()).toBe(0)
    expect(sent.join('')).not.toContain('link=')
    await page.reload()
    await hasTitle(words.list.title)
  })

  it('that was used before offers a new one', async () => {
    await open('/purchases/?link=bad')
    await submit(labels.openLink.button)
    await hasTitle(words.stop['link-over'].title)
    await page.getByRole('link', { name: words.way.newLink }).click()
    await hasTitle(labels.enter.title)
  })

  it('is closed for all tabs; without a connection it says that it is not', async () => {
    await open('/purchases/?link=good')
    await submit(labels.openLink.button)
    await hasTitle(words.list.title)
    const other = await newPage()
    await open('/purchases/', other)
    await hasTitle(words.list.title, other)
    await page.route('**/close_portal', (route) => route.abort())
    await submit(words.list.close)
    await page.getByText(words.list.notClosed).first().waitFor()
    await page.unroute('**/close_portal')
    await submit(words.list.close)
    await hasTitle(labels.enter.title)
    await hasTitle(labels.enter.title, other)
  })

  it('needs no library of Identity’s', async () => {
    const scripts: string[] = []
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
    await open('/purchases/?link=good')
    await submit(labels.openLink.button)
    await hasTitle(words.list.title)
    expect(scripts.filter((url) => url.includes('identity'))).toEqual([])
  })
})
