import { minorDigits } from '../money.ts'

/** What moved money; docs/BOOKS.md explains each. */
export type BookedKind = 'sale' | 'sale_rest' | 'refund' | 'refund_returned' | 'dispute' | 'dispute_returned'

/** A line of the books; amounts in minor units, negative where money left. */
export type BookedRow = {
  kind: BookedKind
  at: Date
  order_id: string
  line_id: string
  title: string
  quantity: number
  currency: string
  subtotal: number
  discount: number
  tax: number
  total: number
  stripe_id: string
  payment_intent: string | null
}

type Cell = (row: BookedRow) => string
type Column = { cell: Cell; what: string }

const amount = (of: (row: BookedRow) => number): Cell => {
  return (row) => decimal(of(row), row.currency)
}

/** The columns of the file, in their order, with what docs/BOOKS.md says of each. */
export const COLUMNS: Record<string, Column> = {
  date: { cell: ({ at }) => at.toISOString().slice(0, 10), what: 'Day, in UTC' },
  time: { cell: ({ at }) => at.toISOString().slice(11, 19), what: 'Time, in UTC' },
  kind: { cell: ({ kind }) => kind, what: 'What moved money; see above' },
  order: { cell: ({ order_id }) => guarded(order_id), what: "Till's number of the order" },
  line: { cell: ({ line_id }) => guarded(line_id), what: 'The item, the refund or the dispute' },
  title: {
    cell: ({ title }) => guarded(title),
    what: 'What was sold, as it was called then; of a refund or dispute its reason',
  },
  quantity: { cell: ({ quantity }) => String(quantity), what: 'How many of it' },
  currency: { cell: ({ currency }) => currency.toUpperCase(), what: 'ISO 4217' },
  subtotal: { cell: amount(({ subtotal }) => subtotal), what: 'Unit price times quantity, before discount' },
  discount: { cell: amount(({ discount }) => discount), what: 'What a promotion code took off' },
  tax: { cell: amount(({ tax }) => tax), what: 'Tax in, or on top of, the price' },
  total: { cell: amount(({ total }) => total), what: 'What moved: positive in, negative out' },
  stripe: { cell: ({ stripe_id }) => guarded(stripe_id), what: "Stripe's checkout session, refund or dispute" },
  payment: {
    cell: ({ payment_intent }) => guarded(payment_intent ?? ''),
    what: "Stripe's payment intent; empty if nothing was to be paid",
  },
}

/** Minor units as a plain decimal, `-19.00` for -1900 cents and `1500` for yen, without ever being a fraction in between. */
export function decimal(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const sign = minor < 0 ? '-' : ''
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`
}

/** A text that no spreadsheet takes for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
function guarded(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ')
  return /^\s*[=+\-@|%＝＋－＠]/u.test(line) ? `'${line}` : line
}

/** A line of a CSV file by RFC 4180, without its end. */
export function csvLine(cells: string[]): string {
  return cells.map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
}
