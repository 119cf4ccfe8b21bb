import type { Page } from 'playwright-core'
import type { Purchase } from '../../shop/purchases/purchase-view.ts'
import { purchasePageWords as labels } from '../../site/_data/purchase-page-words.ts'
import { purchaseWords as words } from '../../site/_data/purchase-words.ts'
import { BUYER, samplePage, samplePurchase, versionedPurchase } from './purchase-samples.ts'
import type { Answer } from './serve-site.ts'

/** A state of /purchases/ as a buyer meets it: what the doors answer, where it begins, what the buyer does, what tells that it is there. */
export type PurchaseScene = {
  name: string
  address?: string
  /** Whether the browser remembers a visit, so that the page asks for the orders. */
  isKnown?: true
  doors?: Record<string, Answer>
  title: string
  act?: (page: Page) => Promise<void>
}

const refundOf = (amount: number) => [{ amount, status: 'succeeded', refunded_at: '2026-11-21T10:00:00Z' }]
const closed = (number: number, more: Partial<Purchase>) => samplePurchase(number, { ...more, downloads: [] })

/** One order of every kind. */
export const manyKinds: Purchase[] = [
  versionedPurchase(1),
  samplePurchase(2, { status: 'partially_refunded', refunded: 700, refunds: refundOf(700), tax: 300, discount: 100 }),
  samplePurchase(3, { total: 0 }),
  closed(4, { status: 'refunded', refunded: 1900, refunds: refundOf(1900) }),
  closed(5, { status: 'disputed' }),
  closed(6, { status: 'review' }),
  closed(7, { status: 'pending', paid_at: null }),
  closed(8, { status: 'failed' }),
  closed(9, { status: 'something_new' as 'paid', currency: 'jpy', items: [{ ...item(), slug: null, quantity: 3 }] }),
]

function item() {
  return {
    id: 'itm_x',
    title: 'No longer on the shelf',
    amount_total: 1900,
    refunded_at: null,
    revoked_at: '2026-01-01',
  }
}

const list = (body: object): Record<string, Answer> => ({ '/get_purchases': { status: 200, body } })
const lists = list(samplePage(manyKinds, { next: 'more' }))
const refuses = (status: number, body: object = {}) => ({
  '/get_purchases': { status, body, headers: { 'retry-after': '30' } },
})
const known = (name: string, doors: Record<string, Answer>, title: string): PurchaseScene => {
  return { name, isKnown: true, doors, title }
}
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()
const noteComes = async (page: Page) => page.locator('.note:not(:empty)').first().waitFor()

/** Every state that a buyer can meet, by a name. */
export const purchaseScenes: PurchaseScene[] = [
  { name: 'enter', title: labels.enter.title },
  { name: 'enter-mistake', title: labels.enter.title, act: press(labels.enter.linkButton) },
  { name: 'sign-up', address: '#sign-up', title: labels.signUp.title, act: press(labels.signUp.button) },
  { name: 'forgot', address: '#forgot', title: labels.forgot.title },
  { name: 'recovery', address: '#recovery_token=abc', title: labels.setPassword.title },
  { name: 'invite', address: '#invite_token=abc', title: labels.join.title },
  { name: 'confirmation', address: '#confirmation_token=abc', title: labels.confirm.title },
  { name: 'email-change', address: '#email_change_token=abc', title: labels.changeEmail.title },
  { name: 'link', address: '?link=abc', title: labels.openLink.title },
  {
    name: 'link-over',
    address: '?link=abc',
    doors: { '/open_portal_link': { status: 410, body: { state: 'link_over', message: '' } } },
    title: words.stop['link-over'].title,
    act: press(labels.openLink.button),
  },
  {
    name: 'link-sent',
    doors: { '/send_portal_link': { status: 202, body: { state: 'sent' } } },
    title: words.sent.link.title,
    act: async (page) => {
      await page.locator('#link-email').fill(BUYER)
      await press(labels.enter.linkButton)(page)
    },
  },
  known('orders', lists, words.list.title),
  { ...known('orders-open', lists, words.list.title), act: (page) => page.locator('summary').first().click() },
  known(
    'orders-by-link',
    list(samplePage(manyKinds.slice(0, 1), { via: 'link', banner: 'bounced' })),
    words.list.title,
  ),
  known('orders-complained', list(samplePage(manyKinds.slice(0, 1), { banner: 'complained' })), words.list.title),
  known('no-orders', list(samplePage([])), words.stop.empty.title),
  {
    ...known('download-failed', { ...lists, '/get_download_link': { status: 404, body: {} } }, words.list.title),
    act: async (page) => {
      await page.locator('.file-row .button').first().click()
      await noteComes(page)
    },
  },
  { ...known('receipt', lists, words.receipt.title), address: `#receipt-${manyKinds[1]?.id}` },
  { ...known('delete-account', lists, labels.deleteAccount.title), address: '#delete-account' },
  known('unconfirmed', refuses(403, { state: 'unconfirmed', message: '' }), words.stop.unconfirmed.title),
  known('busy', refuses(503), words.stop.busy('').title),
  known('session-over', refuses(401), labels.enter.title),
]

/** Brings a page into the scene. */
export async function playScene(page: Page, url: string, scene: PurchaseScene): Promise<void> {
  await page.goto('about:blank')
  for (const [path, { status, body, headers = {} }] of Object.entries(scene.doors ?? {})) {
    await page.route(`**${path}`, (route) => route.fulfill({ status, headers, json: body }))
  }
  if (scene.isKnown) {
    await page.addInitScript(() => localStorage.setItem('till.visit-until', String(Date.now() + 3600_000)))
  }
  await page.goto(`${url}/purchases/${scene.address ?? ''}`)
  await page.locator('#portal h2').first().waitFor()
  await scene.act?.(page)
  await page.locator('#portal h2').filter({ hasText: scene.title }).first().waitFor()
}
