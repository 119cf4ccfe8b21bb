import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { basketWords as words } from '../../../site/_data/basket-words.ts'
import type { Answer } from '../serve-site.ts'
import { BOOK, KEY, keep, kept, PRINT, SAMPLE } from './basket-scenes.ts'
import { openStage } from './basket-stage.ts'

let stage: Awaited<ReturnType<typeof openStage>>
let page: Page

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())
beforeEach(async () => {
  await stage.begin()
  page = await stage.openTab()
})
afterEach(() => expect(stage.said.complaints).toEqual([]))

const LINES = [BOOK, PRINT, SAMPLE]
const begun = (): Answer => ({ status: 201, body: { url: `${stage.url}/store/?paying` } })
const refusal = (status: number, items?: object[]): Answer => ({ status, body: { error: {}, ...(items && { items }) } })
const payButton = () => page.locator('.basket-bill button')
const titles = () => page.locator('.basket-title').allTextContents()
const total = () => page.locator('.basket-total strong').textContent()
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
const press = (name: string) => page.getByRole('button', { name }).click()
const asked = () => stage.said.questions.map(({ path, body }) => [path, (body as { items: object[] }).items])

async function open(lines: unknown = LINES, more: object = {}): Promise<void> {
  await keep(page, typeof lines === 'string' ? lines : { lines, ...more })
  await page.goto(`${stage.url}/basket/`)
  await page.locator('.basket-main').waitFor()
}

const item = ({ slug, quantity, unit_amount, currency }: typeof BOOK) => {
  return { slug, quantity, seen_unit_amount: unit_amount, seen_currency: currency }
}

describe('the lines of the basket', () => {
  it('change their quantity by buttons and by typing, which keeps its place, counts, and is kept', async () => {
    await open()
    await press(words.more(BOOK.title))
    await press(words.more(BOOK.title))
    expect([await focused(), await total()]).toEqual([words.more(BOOK.title), '€101.00'])
    await press(words.fewer(BOOK.title))
    const field = page.getByRole('textbox', { name: words.quantity(BOOK.title) })
    expect(await field.inputValue()).toBe('3')
    await field.fill('12')
    await field.press('Tab')
    expect([await focused(), await total()]).toEqual([words.more(BOOK.title), '€253.00'])
    expect((await kept(page)).lines[0]?.quantity).toBe(12)
    expect(await page.locator('.basket-count').textContent()).toBe('14')
    expect(await page.locator('.basket-total').textContent()).toBe('3 products€253.00')
  })

  it.each([
    ['0', '1'],
    ['999', '100'],
    ['-3', '2'],
    ['1e2', '2'],
    ['2.5', '2'],
    ['<b>', '2'],
    ['', '2'],
    [' 7 ', '7'],
  ])('take %j for %s', async (typed, quantity) => {
    await open([BOOK])
    const field = page.getByRole('textbox')
    await field.fill(typed)
    await field.press('Enter')
    await expect.poll(() => field.inputValue()).toBe(quantity)
    expect((await kept(page)).lines[0]?.quantity).toBe(Number(quantity))
  })

  it('stop at 1 and at 100 without losing the reader’s place', async () => {
    await open([SAMPLE, { ...BOOK, quantity: 100 }])
    for (const name of [words.fewer(SAMPLE.title), words.more(BOOK.title)]) {
      await page.getByRole('button', { name }).press('Enter')
      expect([await focused(), (await kept(page)).lines.map(({ quantity }) => quantity)]).toEqual([name, [1, 100]])
    }
  })

  it('go, and come back to where they were with what they had', async () => {
    await open()
    await press(words.removeOne(BOOK.title))
    expect([await focused(), await titles(), await total()]).toEqual([
      words.undoOne(BOOK.title),
      [PRINT.title, SAMPLE.title],
      '€25.00',
    ])
    await press(words.removeOne(SAMPLE.title))
    await press(words.removeOne(PRINT.title))
    expect([(await kept(page)).lines, await page.locator('.basket-blank').textContent()]).toEqual([
      [],
      expect.stringContaining(words.empty.title),
    ])
    for (const { title } of [SAMPLE, BOOK, PRINT]) {
      await press(words.undoOne(title))
      expect(await focused()).toBe(words.removeOne(title))
    }
    expect((await kept(page)).lines).toEqual(LINES)
    expect(await titles()).toEqual(LINES.map(({ title }) => title))
  })

  it('follow what happens in another tab, and lead whoever was there to the heading', async () => {
    await open()
    await page.getByRole('button', { name: words.removeOne(BOOK.title) }).focus()
    const other = await stage.openTab()
    await other.goto(`${stage.url}/store/`)
    await other.evaluate(([key, text]) => localStorage.setItem(key, text), [
      KEY,
      JSON.stringify({ lines: [PRINT] }),
    ] as const)
    await expect.poll(titles).toEqual([PRINT.title])
    expect(await focused()).toBe('Your basket')
    await other.evaluate((key) => localStorage.setItem(key, '{"lines":7}'), KEY)
    await page.getByText(words.empty.title).waitFor()
  })

  it('show what is kept as text, whatever it is, and no picture from elsewhere', async () => {
    const title = '<img src=x onerror=alert(1)><script>alert(2)</script>'
    await open([
      { ...BOOK, title },
      { ...PRINT, slug: 'constructor', thumb: 'https://evil.example/x.png' },
      { ...PRINT, unit_amount: Number.NaN },
      { ...PRINT, slug: '../../admin' },
    ])
    expect(await titles()).toEqual([title, PRINT.title])
    const links = await page.locator('.basket-title a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    expect(links).toEqual(['/store/book/', '/store/constructor/'])
    expect(await page.locator('#basket script, #basket img[src*=evil], #basket img[src=x]').count()).toBe(0)
  })

  it('say so when the browser has no room left, and stay as they were', async () => {
    await open([BOOK])
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await press(words.more(BOOK.title))
    await page.getByText(words.unkept.title).waitFor()
    expect(await page.getByRole('textbox').inputValue()).toBe('2')
  })
})

describe('checking out', () => {
  it('asks once for what the page shows, however often it is pressed, and goes to the payment page with the basket whole', async () => {
    await open()
    stage.said.answers = [begun()]
    await payButton().dblclick()
    await page.waitForURL('**/store/?paying')
    expect(asked()).toEqual([['/create_checkout_session', LINES.map(item)]])
    expect((await kept(page)).lines).toEqual(LINES)
  })

  it('tells who comes back that nothing is charged, and lets them go again', async () => {
    await open()
    stage.said.answers = [begun()]
    await payButton().click()
    await page.waitForURL('**/store/?paying')
    await page.goBack()
    await page.getByText('Nothing is charged unless you pay there.').waitFor()
    expect([await titles(), await payButton().textContent()]).toEqual([LINES.map(({ title }) => title), words.pay])
    await payButton().click()
    await page.waitForURL('**/store/?paying')
  })

  it('is ready again on a page that the browser had put aside whole', async () => {
    await open()
    // With no content the browser stays where it is, as a page does that it puts aside.
    await page.route('**/store/?paying', (route) => route.fulfill({ status: 204 }))
    stage.said.answers = [begun()]
    await payButton().click()
    await expect.poll(() => payButton().textContent()).toBe(words.leaving)
    const later = JSON.stringify({ lines: [SAMPLE] })
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, later] as const)
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    expect([await payButton().textContent(), await titles()]).toEqual([words.getFree, [SAMPLE.title]])
  })

  it('shows both prices, keeps the old one until somebody agrees, and then asks with the new one', async () => {
    await open()
    const dearer = { slug: 'book', seen_unit_amount: 1900, unit_amount: 2100, currency: 'eur' }
    stage.said.answers = [refusal(409, [dearer]), begun()]
    await payButton().click()
    await page.getByText(words.changed.title).waitFor()
    expect(await page.locator('.basket-was').first().textContent()).toBe('It was €19.00, it is now €21.00')
    expect([await payButton().textContent(), (await kept(page)).lines]).toEqual(['Agree, and pay €67.00', LINES])
    await payButton().click()
    await page.waitForURL('**/store/?paying')
    expect(asked()[1]).toEqual(['/create_checkout_session', [{ ...BOOK, unit_amount: 2100 }, PRINT, SAMPLE].map(item)])
    expect((await kept(page)).lines[0]?.unit_amount).toBe(2100)
  })

  it('asks about each price anew when another has changed meanwhile', async () => {
    await open([BOOK])
    const now = (seen: number, unit_amount: number) =>
      refusal(409, [{ slug: 'book', seen_unit_amount: seen, unit_amount, currency: 'eur' }])
    stage.said.answers = [now(1900, 2100), now(2100, 2200), begun()]
    await payButton().click()
    await page.getByRole('button', { name: 'Agree, and pay €42.00' }).click()
    await page.getByRole('button', { name: 'Agree, and pay €44.00' }).click()
    await page.waitForURL('**/store/?paying')
    expect(asked().map(([, items]) => items)).toMatchObject(
      [1900, 2100, 2200].map((seen_unit_amount) => [{ seen_unit_amount }]),
    )
  })

  it('says what is no longer for sale, and goes on without it', async () => {
    await open()
    stage.said.answers = [refusal(410, [{ slug: PRINT.slug, moved_to: null }]), begun()]
    await payButton().click()
    await page.getByText(words.gone, { exact: true }).waitFor()
    expect([await total(), (await kept(page)).lines]).toEqual(['€38.00', LINES])
    await payButton().click()
    await page.waitForURL('**/store/?paying')
    expect([asked()[1]?.[1], (await kept(page)).lines]).toEqual([[BOOK, SAMPLE].map(item), [BOOK, SAMPLE]])
  })

  it('follows a product to its new name by itself, but not in circles', async () => {
    await open([PRINT])
    stage.said.answers = [refusal(404, [{ slug: 'print', moved_to: 'poster' }]), begun()]
    await payButton().click()
    await page.waitForURL('**/store/?paying')
    expect(asked()[1]?.[1]).toEqual([item({ ...PRINT, slug: 'poster' })])
    await page.goBack()
    stage.said.answers = [
      refusal(404, [{ slug: 'poster', moved_to: 'print' }]),
      refusal(404, [{ slug: 'print', moved_to: 'poster' }]),
    ]
    await payButton().click()
    await page.getByText(words.gone, { exact: true }).waitFor()
    expect(stage.said.questions).toHaveLength(4)
  })

  it('waits as long as the shop asks for, and counts the seconds', async () => {
    await page.clock.install()
    await open()
    await page.clock.pauseAt(Date.now() + 60_000)
    stage.said.answers = [{ ...refusal(429), headers: { 'retry-after': '9' } }, begun()]
    await payButton().click()
    await page.getByRole('button', { name: 'Try again in 9 seconds' }).press('Enter')
    await page.clock.runFor(4_000)
    await page.getByRole('button', { name: 'Try again in 5 seconds' }).waitFor()
    await page.clock.runFor(5_000)
    expect(stage.said.questions).toHaveLength(1)
    await page.getByRole('button', { name: words.again, exact: true }).click()
    await page.waitForURL('**/store/?paying')
  })

  it('says when there is no connection, and is ready when there is one', async () => {
    await open()
    stage.said.answers = [null]
    await payButton().click()
    await page.getByText(words.offline.title).waitFor()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => payButton().textContent()).toBe(words.pay)
  })

  it.each([
    ['an address that is a script', () => ({ status: 201, body: { url: 'javascript:alert(1)' } }), words.down],
    ['no address', () => ({ status: 201, body: {} }), words.down],
    ['something that is no JSON', () => ({ status: 200, body: '<html>' }), words.down],
    ['an outage', () => refusal(503), words.down],
    ['a refusal of the payment service', () => refusal(502), words.refused],
    [
      'the price of another product',
      () => refusal(409, [{ slug: 'other', unit_amount: 1, currency: 'eur' }]),
      words.refused,
    ],
    ['that something is gone which is not here', () => refusal(410, [{ slug: 'other' }]), words.refused],
  ])('goes nowhere and charges nothing for %s', async (_what, answer, said) => {
    await open()
    stage.said.answers = [answer()]
    await payButton().click()
    await page.getByText(said.title).waitFor()
    expect(page.url()).toBe(`${stage.url}/basket/`)
    expect([await payButton().textContent(), (await kept(page)).lines]).toEqual([words.again, LINES])
  })

  it('does not leave for a basket that another tab has emptied in the meantime', async () => {
    await open()
    let answerNow = () => {}
    await page.route('**/create_checkout_session', async (route) => {
      await new Promise<void>((resolve) => {
        answerNow = resolve
      })
      await route.fulfill({ status: 201, json: { url: `${stage.url}/store/?paying` } })
    })
    await payButton().click()
    await expect.poll(() => payButton().textContent()).toBe(words.asking)
    const other = await stage.openTab()
    await other.goto(`${stage.url}/store/`)
    await other.evaluate((key) => localStorage.setItem(key, '{"lines":[]}'), KEY)
    await page.getByText(words.empty.title).waitFor()
    answerNow()
    await page.waitForLoadState('networkidle')
    expect(page.url()).toBe(`${stage.url}/basket/`)
    expect((await kept(page)).begun ?? 0).toBe(0)
  })

  it('changes nothing while the shop is asked', async () => {
    await open()
    await page.route('**/create_checkout_session', () => new Promise(() => {}))
    await payButton().click()
    await press(words.more(BOOK.title))
    await press(words.removeOne(PRINT.title))
    expect((await kept(page)).lines).toEqual(LINES)
  })
})
