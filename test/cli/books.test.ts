import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { openBooks } from '../../local/stripe/books.ts'
import type { BookedRow } from '../../shop/books/book-line.ts'
import type { BookSums } from '../../shop/books/book-sums.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import shop from '../../shop.config.ts'
import { openStage, type Stage } from '../reconcile/stage.ts'
import { pay, post } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let stage: Stage
let folder: string
const asConfigured = { ...shop.checkout }

beforeAll(async () => {
  stage = await openStage()
  folder = await mkdtemp(join(tmpdir(), 'till-books-'))
  await stage.rows(`insert into products (id, slug, type, status, title, unit_amount, currency) values
    ('prd_dinar', 'dinar', 'direct', 'published', 'In Dinars', 5120, 'kwd'),
    ('prd_formula', 'formula', 'direct', 'published', '=HYPERLINK("https://evil.example";"1,2")', 700, 'eur')`)
  Object.assign(shop.checkout, { automaticTax: true, promotionCodes: true })
  await sellForTwoMonths()
}, 180_000)
afterAll(async () => {
  Object.assign(shop.checkout, asConfigured)
  await stage.close()
  await rm(folder, { recursive: true, force: true })
})

async function sell(items: [string, number][], form: Record<string, string> = {}): Promise<string> {
  const basket = { items: items.map(([slug, quantity]) => ({ slug, quantity })) }
  const answer = await post(stage, '/create_checkout_session', basket)
  const { url } = (await answer.json()) as { url: string }
  const paid = await pay(url, form)
  if (paid.status !== 303) throw new Error(`${items.join()}: ${paid.status} ${await paid.text()}`)
  await stage.work()
  return /cs_test_\w+/.exec(url)?.[0] ?? ''
}

async function settle(seconds = 10): Promise<void> {
  await stage.pass(seconds)
  await stage.work()
}

/** Sales, and everything that can take money back, in one month and in the next. */
async function sellForTwoMonths(): Promise<void> {
  const coupon = await stage.sdk.coupons.create({ percent_off: 20, duration: 'once' })
  await stage.sdk.promotionCodes.create({ code: 'LESS', promotion: { type: 'coupon', coupon: coupon.id } })
  const three = await sell(
    [
      ['book', 2],
      ['print', 1],
      ['formula', 1],
    ],
    { promotion_code: 'LESS' },
  )
  const yen = await sell([['yen', 3]])
  const dinar = await sell([['dinar', 1]])
  const failing = await sell([['book', 1]], { card: '4000000000005126' })
  const pending = await sell([['print', 1]], { card: '4000000000007726' })
  const [won, lost, wonLater, inquiry] = [
    await sell([['book', 1]]),
    await sell([['print', 1]]),
    await sell([['book', 1]]),
    await sell([['book', 1]], { card: '4000000000001976' }),
  ]
  await sell([['free', 1]])
  const later = await sell([['book', 3]])
  await stage.refund(three, 500)
  await stage.refund(yen)
  await stage.refund(dinar, 1234)
  await stage.refund(failing)
  await stage.refund(pending, 300)
  await settle()
  for (const id of [won, lost, wonLater]) await stage.press('dispute', id)
  await settle()
  await stage.press('dispute-won', won)
  await stage.press('dispute-lost', lost)
  await stage.press('dispute-lost', inquiry)
  await settle()
  await stage.pass(32 * 86_400)
  await stage.refund(three, 250)
  await stage.refund(later)
  await stage.press('dispute-won', wonLater)
  // Events from the future are turned away, so the shop asks.
  for (const id of [three, later, wonLater]) await syncOrder(stage.app(), id)
}

async function till(line: string) {
  const paper = paperTerminal()
  const app = Object.assign(stage.app(), { now: () => new Date(Date.now() + 400 * 86_400_000) })
  const code = await runTill(line.split(' '), {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app, folder }),
  })
  return { code, out: paper.out, err: paper.err.join('\n') }
}

type Books = { lines: BookedRow[]; sums: Record<string, BookSums> }
const booksOf = async (month: string): Promise<Books> =>
  JSON.parse((await till(`books --month ${month} --json`)).out.join('\n'))

/** What Stripe's own ledger says, by month and currency. */
function ledgerSums(): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {}
  for (const { created, currency, amount } of openBooks(stage.ledger).balanceTransactions.all()) {
    const month = new Date(created * 1000).toISOString().slice(0, 7)
    const before = sums[month] ?? {}
    sums[month] = { ...before, [currency]: (before[currency] ?? 0) + amount }
  }
  return sums
}

describe('till books', () => {
  it('agrees with Stripe to the cent, in each month and currency', async () => {
    const stripe = ledgerSums()
    const months = Object.keys(stripe)
    expect(months.length).toBeGreaterThanOrEqual(2)
    expect(Object.keys(stripe[months[0] ?? ''] ?? {}).sort()).toEqual(['eur', 'jpy', 'kwd'])
    for (const month of months) {
      const { lines, sums } = await booksOf(month)
      expect(lines.filter(({ at }) => !String(at).startsWith(month))).toEqual([])
      const nets = Object.fromEntries(Object.entries(sums).map(([currency, { net }]) => [currency, net]))
      expect({ month, ...nets }).toEqual({ month, ...stripe[month] })
    }
  })

  it('has every kind of line that it should have, and the sums of its parts', async () => {
    const months = Object.keys(ledgerSums())
    const all = await Promise.all(months.map(booksOf))
    const lines = all.flatMap((books) => books.lines)
    const count = (kind: string) => lines.filter((line) => line.kind === kind).length
    expect({
      sale: count('sale'),
      rest: count('sale_rest'),
      refund: count('refund'),
      returned: count('refund_returned'),
      dispute: count('dispute'),
      won: count('dispute_returned'),
    }).toEqual({ sale: 13, rest: 0, refund: 7, returned: 1, dispute: 3, won: 2 })
    for (const { sums } of all)
      for (const { sales, refunds, disputes, net } of Object.values(sums)) expect(sales + refunds + disputes).toBe(net)
    const first = all[0]?.sums.eur
    expect(first?.tax).toBeGreaterThan(0)
    expect(first?.discounts).toBeGreaterThan(0)
  })

  it('writes what no spreadsheet takes for a formula, in each currency’s own digits', async () => {
    const [month = ''] = Object.keys(ledgerSums())
    const file = join(folder, 'books.csv')
    const { code, err } = await till(`books --month ${month} --out ${file}`)
    expect(code).toBe(0)
    expect(err).toMatch(/^Currency +Sales +Discounts +Tax +Refunds +Disputes +Net\nEUR +/)
    const text = await readFile(file, 'utf8')
    expect(text.startsWith('\ufeffdate,time,kind,order,line,title,')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"";""1,2"")"`)
    expect(text).toMatch(/,JPY,4500,0,\d+,4500,/)
    expect(text).toMatch(/refund,.*,KWD,-1\.234,0\.000,0\.000,-1\.234,/)
    expect(
      text
        .trimEnd()
        .split('\r\n')
        .every((line) => !/^[=+@-]/.test(line)),
    ).toBe(true)
    expect(await readdir(folder)).toEqual(['books.csv'])
  })

  it('prints the same to standard output', async () => {
    const [month = ''] = Object.keys(ledgerSums())
    const { out } = await till(`books --month ${month}`)
    const file = await readFile(join(folder, 'books.csv'), 'utf8')
    expect(`\ufeff${out.join('\r\n')}\r\n`).toBe(file)
  })

  it('has nothing of the other mode, and says that a month had nothing', async () => {
    await stage.rows('update orders set livemode = true')
    const [month = ''] = Object.keys(ledgerSums())
    expect((await till(`books --month ${month}`)).err).toContain('No money moved')
    await stage.rows('update orders set livemode = false')
  })

  it('leaves no file behind that is not whole', async () => {
    const [month = ''] = Object.keys(ledgerSums())
    expect((await till(`books --month ${month} --out ${join(folder, 'no-such-folder', 'x.csv')}`)).code).toBe(1)
    expect(await readdir(folder)).toEqual(['books.csv'])
  })

  it.each(['books', 'books --month 2026-13', 'books --month october', 'books --month 2099-01'])(
    'refuses: %s',
    async (line) => {
      expect((await till(line)).code).toBe(2)
    },
  )
})
