import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type BookedRow, COLUMNS, csvLine, decimal } from '../../shop/books/book-line.ts'
import { addToSums, type BookSums } from '../../shop/books/book-sums.ts'
import { listBooks } from '../../shop/books/list-books.ts'
import { type Command, type Terminal, UsageError } from './command.ts'
import { alignColumns } from './print-table.ts'

/** Spreadsheets take a file for UTF-8 only if it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

/** `npm run till -- books`. */
export const BOOKS: Command = {
  name: 'books',
  summary: 'Writes a month of sales, discounts, tax, refunds and disputes as CSV, which agrees with Stripe to the cent',
  usage: '--month 2026-10 [--out <file>] [--json]',
  details: `  --month <month>  such as 2026-10; days begin at midnight UTC, as in Stripe's reports
  --out <file>     writes to a file instead of standard output; it is there when it is whole
  --json           answers with one JSON document, amounts in minor units

A line for each item sold, each refund and each dispute, on the day on which the money moved: a refund of November for a sale of October
is in November. The sums by currency are told when it is done; they are what Stripe's balance changed by, fees aside. docs/BOOKS.md
explains the columns. Only sales in the mode of the shop's Stripe key are in it: no test payments in the books of a live shop.

  npm run till -- books --month 2026-10 --out october.csv`,
  options: { month: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal }) {
    const month = readMonth(String(options.month ?? ''))
    if (!month) throw new UsageError('Name a month: --month 2026-10')
    if (month.from > app.now()) throw new UsageError(`${String(options.month)} has not begun.`)
    const sums = new Map<string, BookSums>()
    const days = summing(listBooks(app, month), sums)
    if (options.json === true) terminal.print(await asJson(days, sums))
    else if (typeof options.out === 'string') await writeFileWhole(options.out, days)
    else for await (const line of csvLines(days)) terminal.print(line)
    if (options.json !== true) tellSums(sums, terminal)
    if (month.to > app.now()) terminal.tell('The month is not over: more will come.')
    return 0
  },
}

/** A month of UTC; null for what is none. */
export function readMonth(text: string): { from: Date; to: Date } | null {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month) return null
  return {
    from: new Date(Date.UTC(Number(year), Number(month) - 1)),
    to: new Date(Date.UTC(Number(year), Number(month))),
  }
}

async function* summing(days: AsyncIterable<BookedRow[]>, sums: Map<string, BookSums>): AsyncGenerator<BookedRow[]> {
  for await (const rows of days) {
    addToSums(sums, rows)
    yield rows
  }
}

async function* csvLines(days: AsyncIterable<BookedRow[]>): AsyncGenerator<string> {
  yield csvLine(Object.keys(COLUMNS))
  for await (const rows of days)
    for (const row of rows) yield csvLine(Object.values(COLUMNS).map(({ cell }) => cell(row)))
}

/** Half a month must not look like a whole one. */
async function writeFileWhole(path: string, days: AsyncIterable<BookedRow[]>): Promise<void> {
  const part = `${path}.part`
  try {
    await pipeline(Readable.from(fileText(days)), createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function* fileText(days: AsyncIterable<BookedRow[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK
  for await (const line of csvLines(days)) yield `${line}\r\n`
}

async function asJson(days: AsyncIterable<BookedRow[]>, sums: Map<string, BookSums>): Promise<string> {
  const lines: BookedRow[] = []
  for await (const rows of days) lines.push(...rows)
  return JSON.stringify({ lines, sums: Object.fromEntries(sums) }, null, 2)
}

function tellSums(sums: Map<string, BookSums>, terminal: Terminal): void {
  if (sums.size === 0) {
    terminal.tell('No money moved in that month.')
    return
  }
  const lines = [...sums]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, { sales, discounts, tax, refunds, disputes, net }]) => [
      currency.toUpperCase(),
      ...[sales, discounts, tax, refunds, disputes, net].map((sum) => decimal(sum, currency)),
    ])
  terminal.tell(alignColumns([['Currency', 'Sales', 'Discounts', 'Tax', 'Refunds', 'Disputes', 'Net'], ...lines]))
}
