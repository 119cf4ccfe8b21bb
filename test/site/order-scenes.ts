import type { Page } from 'playwright-core'
import { orderWords as words } from '../../site/_data/order-words.ts'
import type { Download } from '../../site/assets/ts/order-answer.ts'
import type { Answer, Question } from './serve-site.ts'

/** A state of /success/ as a buyer meets it: what the shop answers, what the buyer does, and the title that tells it is there. */
export type OrderScene = {
  name: string
  search: string
  answers: Record<string, Answer>
  title: string
  act?: (page: Page) => Promise<void>
}

const SUM = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'
const BUYER = 'ada@example.com'
const order = { id: 'ord_2maprb357gr8tg417rb7908jv1', total: 1900, currency: 'eur' }

function version(number: number, changelog: string) {
  return {
    version: number,
    changelog,
    filename: `small-and-finished-v${number}.pdf`,
    size_bytes: 2_134_567 - number * 40_000,
    sha256: SUM,
    url: `/download?token=${number}`,
    expires_at: new Date(Date.now() + 900_000).toISOString(),
  }
}

const book: Download = {
  slug: 'book',
  title: 'Small and Finished',
  ...version(1, ''),
  filename: 'small-and-finished.pdf',
}
const newBook: Download = {
  ...book,
  ...version(3, 'Chapter 7 is new, and the index is complete.'),
  earlier: [version(2, 'Larger type in the tables.'), version(1, '')],
}
const epub: Download = { ...book, filename: 'small-and-finished.epub', size_bytes: 612_000 }

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const MASKED = 'a•••@e•••.com'
/** The buying browser, which may still correct the address. */
const buyers = (email: string) => ({ email, correctable_until: inAnHour() })
const OLD = 'ada@exampel.com'

const refused = (state: string, status: number): Answer => ({ status, body: { state, message: '' } })
const paid = (downloads: Download[], more: object = {}, notice: string | null = null): Record<string, Answer> => ({
  '/get_entitlements': { status: 200, body: { state: 'paid', order: { ...order, ...more }, downloads, notice } },
})
const says = (answer: Answer): Record<string, Answer> => ({ '/get_entitlements': answer })
const sent: Answer = { status: 202, body: { state: 'sent' } }
const stranger = {
  ...says(refused('verify_email', 401)),
  '/send_access_code': sent,
  '/send_access_link': sent,
}
const runOut = { ...stranger, ...says({ status: 410, body: { error: { code: 'link_expired', message: '' } } }) }
const wrong: Answer = { status: 401, body: { state: 'wrong_code', tries_left: 9 } }

const hasTitle = (page: Page, title: string) => page.locator('#order h2').filter({ hasText: title }).waitFor()

async function typeAddress(page: Page): Promise<void> {
  await page.getByLabel(words.form.email).fill(BUYER)
  await page.locator('#order form button').click()
  await hasTitle(page, words.codeSent(BUYER).title)
}

async function typeCode(page: Page): Promise<void> {
  await typeAddress(page)
  await page.getByLabel(words.form.code).fill('123456')
  await page.locator('#order form button').click()
}

const mayCorrect = (answer: Answer, notice: string | null = null) => ({
  ...paid([book], buyers(OLD), notice),
  '/correct_email': answer,
})
const corrected: Answer = { status: 200, body: { state: 'corrected', order: { email: BUYER } } }

async function openCorrection(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.address.offer }).click()
  await page.getByLabel(words.address.form.label).waitFor()
}

async function correct(page: Page, email: string, said: string): Promise<void> {
  await openCorrection(page)
  await page.getByLabel(words.address.form.label).fill(email)
  await page.getByRole('button', { name: words.address.form.submit }).click()
  await page.locator('.address').getByText(said).waitFor()
}

const session = '?session_id=cs_test_a1B2c3D4'
const scene = (name: string, answers: OrderScene['answers'], title: string): OrderScene => {
  return { name, search: session, answers, title }
}

/** Every state that a buyer can meet, by the name of its picture in docs/screens. */
export const orderScenes: OrderScene[] = [
  scene('paid', paid([book, epub], buyers(BUYER)), words.paid.title),
  {
    ...scene('paid-versions', paid([newBook]), words.paid.title),
    act: (page) => page.locator('.earlier > summary').click(),
  },
  scene('partly-refunded', paid([book], { refunded: 700, ...buyers(BUYER) }), words.partlyRefunded.title),
  scene('free', paid([book], { total: 0, ...buyers(BUYER) }), words.free.title),
  scene('no-files', paid([], buyers(BUYER)), words.paidEmpty.title),
  { ...scene('by-link', paid([book], { email: MASKED }), words.paid.title), search: '?access=ey.J.x' },
  { ...scene('correct-address', mayCorrect(corrected), words.paid.title), act: openCorrection },
  {
    ...scene('correct-address-wrong', mayCorrect(corrected), words.paid.title),
    act: (page) => correct(page, 'ada@example', words.problem.email),
  },
  {
    ...scene('corrected', mayCorrect(corrected), words.paid.title),
    act: async (page) => {
      const renewed = paid([book], { email: BUYER, correctable_until: null })['/get_entitlements']
      await page.route('**/get_entitlements', (route) => route.fulfill({ json: renewed?.body }), { times: 1 })
      await correct(page, BUYER, words.address.corrected)
    },
  },
  {
    ...scene('correct-too-late', mayCorrect(refused('too_late', 409)), words.paid.title),
    act: (page) => correct(page, BUYER, words.address.over.too_late),
  },
  scene('bounced', paid([book], buyers(OLD), 'bounced'), words.paid.title),
  scene('bounced-late', paid([book], { email: OLD, correctable_until: null }, 'bounced'), words.paid.title),
  scene('complained', paid([book], buyers(BUYER), 'complained'), words.paid.title),
  scene('processing', says({ status: 202, body: { state: 'processing' } }), words.processing.title),
  {
    ...scene('processing-long', says({ status: 202, body: { state: 'processing' } }), words.processingLong.title),
    act: async (page) => {
      await hasTitle(page, words.processing.title)
      await page.clock.fastForward(121_000)
      await page.getByRole('button', { name: words.look }).click()
    },
  },
  scene('failed', says(refused('failed', 410)), words.refused.failed.title),
  scene('expired', says(refused('expired', 410)), words.refused.expired.title),
  scene('refunded', says(refused('refunded', 403)), words.refused.refunded.title),
  scene('disputed', says(refused('disputed', 403)), words.refused.disputed.title),
  scene('review', says(refused('review', 403)), words.refused.review.title),
  { ...scene('link-expired', runOut, words.refused.link_expired.title), search: '?access=ey.J.x' },
  {
    ...scene('link-sent', runOut, words.linkSent(BUYER).title),
    search: '?access=ey.J.x',
    act: (page) => typeAddress(page),
  },
  scene('verify-email', stranger, words.refused.verify_email.title),
  {
    ...scene('wrong-address', stranger, words.refused.verify_email.title),
    act: async (page) => {
      await page.getByLabel(words.form.email).fill('ada@example')
      await page.locator('#order form button').click()
      await page.getByText(words.problem.email).waitFor()
    },
  },
  { ...scene('code', stranger, words.codeSent(BUYER).title), act: typeAddress },
  {
    ...scene('wrong-code', { ...stranger, '/redeem_access_code': wrong }, words.codeSent(BUYER).title),
    act: async (page) => {
      await typeCode(page)
      await page.getByText(words.problem.wrong(9)).waitFor()
    },
  },
  {
    ...scene('code-over', { ...stranger, '/redeem_access_code': refused('code_over', 410) }, words.codeOver.title),
    act: typeCode,
  },
  { ...scene('offline', {}, words.offline.title), act: (page) => hasTitle(page, words.offline.title) },
  scene('busy', says({ status: 503, body: null, headers: { 'retry-after': '30' } }), words.busy('').title),
  scene('unknown', says(refused('unknown', 404)), words.unknown.title),
  { ...scene('no-reference', {}, words.noReference.title), search: '' },
]

/** Answers as the scene's shop does; what it does not know is cut off, as without a connection. */
export async function playScene(page: Page, url: string, { search, act, title }: OrderScene): Promise<void> {
  await page.goto(`${url}/success/${search}`)
  await act?.(page)
  await hasTitle(page, title)
}

/** The answer of a scene's shop to a question; none where the scene has no connection. */
export const answerIn = ({ answers }: OrderScene, { path }: Question): Answer | null => answers[path] ?? null
