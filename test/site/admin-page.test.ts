import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { sampleOrder, sampleOrders, sampleReport, sampleWork } from './admin-samples.ts'
import { openPurchasesStage, type PortalQuestion, type PurchasesStage } from './purchases-stage.ts'

const SELLER = 'seller@example.com'
const PASSWORD = 'correct horse battery'

let stage: PurchasesStage
let browser: Browser
let context: BrowserContext
let page: Page
/** What the page asked for that changes something. */
let deeds: { door: string; body: Record<string, unknown> }[]

beforeAll(async () => {
  stage = await openPurchasesStage()
  browser = await openBrowser()
  await join(SELLER)
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function join(email: string): Promise<void> {
  await identity('signup', { email, password: PASSWORD })
  const token = /confirmation_token=([\w-]+)/.exec(await stage.mailedLink(email))?.[1]
  await identity('verify', { type: 'signup', token })
}
async function identity(path: string, body: object): Promise<void> {
  const answer = await fetch(`${stage.url}/.netlify/identity/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
}

/** Doors that know the seller, as the real ones do, and answer with samples. */
function answering(): void {
  const guarded = (answer: (question: PortalQuestion) => unknown) => (question: PortalQuestion) =>
    question.user === SELLER
      ? { status: 200, body: answer(question) }
      : {
          status: question.user ? 403 : 401,
          body: { error: { code: question.user ? 'forbidden' : 'unauthenticated', message: 'No.' } },
        }
  const noting = (door: string, body: unknown) =>
    guarded((question) => {
      deeds.push({ door, body: question.body })
      return body
    })
  Object.assign(stage.doors, {
    '/admin_today': guarded(({ body }) => sampleReport(Number(body.days))),
    '/admin_orders': guarded(({ body }) => ({
      orders: body.search === 'nobody' ? [] : sampleOrders,
      next: body.after || body.search ? null : '2026-11-20T10:00:00.000000Z_ord_sample6',
    })),
    '/admin_order': guarded(() => sampleOrder),
    '/admin_work': guarded(() => sampleWork),
    '/admin_refund': noting('refund', { state: 'made', refundId: 're_new', status: 'pending' }),
    '/admin_change_order': noting('change', { state: 'done' }),
    '/admin_redrive': noting('redrive', { revived: 1 }),
    '/admin_reconcile': guarded(({ body }) => ({
      ...{ kind: 'session', compared: 40, unsettled: 0, lost_mails: 0, held_mails: 0 },
      findings: body.place
        ? []
        : [{ kind: 'wrong_status', sale: 'ord_sample1', order_id: 'ord_sample1', stripe: 'refunded', ours: 'paid' }],
      next: body.place ? null : { kind: 'refund', after: null },
    })),
  })
}

const LOOKS: [string, BrowserContextOptions][] = [
  ['light, on a desk', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['dark, on a phone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
]

async function open(look: BrowserContextOptions): Promise<void> {
  context = await browser.newContext({ ...look, reducedMotion: 'reduce' })
  page = await context.newPage()
}
async function signIn(email = SELLER): Promise<void> {
  await page.goto(`${stage.url}/admin/`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#who').waitFor({ state: 'visible' })
}
const heading = (name: string) => page.getByRole('heading', { level: 2, name })
async function go(hash: string, title: string): Promise<void> {
  await page.goto(`${stage.url}/admin/${hash}`)
  await heading(title).waitFor()
}

beforeEach(() => {
  deeds = []
  answering()
})
afterEach(() => context.close())

async function expectNoOverflow(): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
  expect(scrollWidth).toBe(clientWidth)
}
async function expectOpenToEverybody(): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
  await expectNoOverflow()
}

describe.each(LOOKS)('the seller’s pages, %s', (_name, look) => {
  it('are open to everybody who may see them, down to 320 pixels', async () => {
    await open(look)
    await page.goto(`${stage.url}/admin/`)
    await heading('Sign in to the shop').waitFor()
    await expectOpenToEverybody()
    await signIn()
    const views: [string, string][] = [
      ['#today?days=30', 'Today'],
      ['#today?days=365', 'Today'],
      ['#orders', 'Orders'],
      ['#order/ord_sample1', 'Order ord_sample1'],
      ['#work', 'Work'],
      ['#nowhere', 'There is nothing here'],
    ]
    for (const [hash, title] of views) {
      await go(hash, title)
      await expectOpenToEverybody()
      const { width = 0, height = 0 } = page.viewportSize() ?? {}
      await page.setViewportSize({ width: 320, height: 640 })
      await expectNoOverflow()
      await page.setViewportSize({ width, height })
    }
    await go('#order/ord_sample1', 'Order ord_sample1')
    await page.getByRole('button', { name: 'Pay back …' }).click()
    await expectOpenToEverybody()
  })
})

describe('the seller’s pages', () => {
  beforeEach(() => open({ viewport: { width: 1280, height: 900 } }))

  it('ask nobody’s doors before somebody has signed in, and tell a stranger to whom the shop does not belong', async () => {
    stage.state.asked = []
    await page.goto(`${stage.url}/admin/#order/ord_sample1`)
    await heading('Sign in to the shop').waitFor()
    expect(stage.state.asked.filter((path) => path.startsWith('/admin_'))).toEqual([])
    await join('buyer@example.com')
    await signIn('buyer@example.com')
    await heading('Not for this account').waitFor()
    expect(await page.locator('#stage').textContent()).toContain('buyer@example.com')
  })

  it('draw what the table beside it says, and say it to those who cannot see it', async () => {
    await signIn()
    await go('#today?days=7', 'Today')
    const { money } = sampleReport(7).total
    expect(money.map(({ currency }) => currency)).toEqual(['eur', 'jpy'])
    const chart = page.getByRole('img', { name: /Sales and refunds in EUR/ })
    await chart.waitFor()
    expect(await chart.locator('.bar-solid').count()).toBe(7)
    const label = (await chart.getAttribute('aria-label')) ?? ''
    for (const said of ['€399.00 sold', '€38.00 paid back or lost', '€361.00 net']) expect(label).toContain(said)
    const rows = page.getByRole('region', { name: 'Sales and refunds in EUR: the numbers' }).locator('tbody tr')
    expect(await rows.count()).toBe(7)
    expect(await rows.first().textContent()).toContain('Nov 23, 2026')
    await page.getByRole('link', { name: '90 days' }).click()
    await page.waitForFunction(() => document.querySelectorAll('.choices [aria-current]')[0]?.textContent === '90 days')
  })

  it('look for orders by keyboard alone, keep the search in the address, and page on', async () => {
    await signIn()
    await go('#orders', 'Orders')
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.waitForFunction(
      (count) => document.querySelectorAll('.order-list li').length === count,
      sampleOrders.length * 2,
    )
    await page.getByLabel('Address, order, session or payment').focus()
    await page.keyboard.type('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('No order is like that.').waitFor()
    expect(page.url()).toContain('#orders?search=nobody')
    await page.goBack()
    await page.locator('.order-list li').first().waitFor()
    await page.locator('.order-list a').nth(1).focus()
    await page.keyboard.press('Enter')
    await heading('Order ord_sample1').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Order ord_sample1')
    expect(await page.locator('#stage').innerHTML()).toContain('A Book &amp; &lt;More&gt;')
  })

  it('name the sum and the buyer before money moves, and move it once', async () => {
    await signIn()
    await go('#order/ord_sample1', 'Order ord_sample1')
    await page.getByRole('button', { name: 'Pay back …' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('€25.00 goes back to ada@example.com').waitFor()
    await page.keyboard.press('Escape')
    expect(deeds).toEqual([])
    await page.getByRole('button', { name: 'Pay back …' }).click()
    await dialog.getByLabel('Amount in EUR').fill('99')
    await dialog.getByRole('button', { name: 'Pay back' }).click()
    await dialog.getByText('That is more than the €25.00 that are left.').waitFor()
    await dialog.getByLabel('Amount in EUR').fill('4.50')
    await dialog.getByRole('button', { name: 'Pay back €4.50' }).dblclick()
    await page.getByText('Stripe has taken the refund of €4.50, and has not finished it yet.').first().waitFor()
    expect(deeds).toEqual([
      {
        door: 'refund',
        body: {
          order_id: 'ord_sample1',
          request_id: expect.stringMatching(/^rfq_/),
          wish: { amount: 450 },
          seen: 1900,
        },
      },
    ])
  })

  it('take access away only after a yes, and give it back', async () => {
    await signIn()
    await go('#order/ord_sample1', 'Order ord_sample1')
    await page.getByRole('button', { name: 'Take access away' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Give access back' }).click()
    await page.getByText('Access to “A Font” is given back.').first().waitFor()
    expect(deeds).toEqual([
      { door: 'change', body: { order_id: 'ord_sample1', item_id: 'itm_font', action: 'restore' } },
    ])
  })

  it('try dead work again, and compare with Stripe to the end', async () => {
    await signIn()
    await go('#work', 'Work')
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByText('It is tried again.').first().waitFor()
    expect(deeds).toEqual([{ door: 'redrive', body: { id: 'stripe:evt_dead' } }])
    await page.getByRole('button', { name: 'Compare now' }).click()
    await page.getByText('1 of 80 differ, and are being mended.').first().waitFor()
    await page.getByRole('region', { name: 'Compare with Stripe' }).getByRole('link', { name: 'ord_sample1' }).waitFor()
  })

  it('say when there is no connection, and go on when there is', async () => {
    await signIn()
    await go('#orders', 'Orders')
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Work' }).click()
    await heading('No connection').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await heading('Work').waitFor()
  })

  it('are left behind for good by signing out', async () => {
    await signIn()
    await go('#orders', 'Orders')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading('Sign in to the shop').waitFor()
    expect(await context.cookies()).toEqual([])
    await page.goBack()
    await heading('Sign in to the shop').waitFor()
    expect(await page.locator('.order-list').count()).toBe(0)
  })
})
