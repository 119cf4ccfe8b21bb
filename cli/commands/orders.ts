import { listOrders } from '../../shop/orders/list-orders.ts'
import type { ListedOrder } from '../../shop/orders/listed-order.ts'
import { ORDER_STATES, type OrderStatus } from '../../shop/orders/order-status.ts'
import { type Command, UsageError } from './command.ts'
import { sayAmount } from './order/say-amount.ts'
import { type Columns, printTable } from './print-table.ts'

const LIMIT = 20
const MOST = 1_000

const COLUMNS: Columns<ListedOrder> = {
  Order: ({ id }) => id,
  Paid: ({ paid_at, created_at }) => (paid_at ?? created_at).slice(0, 16).replace('T', ' '),
  State: ({ status }) => status.replace('_', ' '),
  Total: ({ amount_total, currency }) => sayAmount(amount_total, currency),
  'Paid back': ({ amount_refunded, currency }) => (amount_refunded ? sayAmount(amount_refunded, currency) : ''),
  Buyer: ({ email }) => email ?? '(no address)',
  Items: ({ titles, items }) => titles.join(', ') + (items > titles.length ? ', …' : ''),
}

/** `npm run till -- orders`. */
export const ORDERS: Command = {
  name: 'orders',
  summary: 'Lists orders, newest first, or those that you look for',
  usage: '[<search>] [--state <state>] [--limit <number>] [--after <place>] [--json]',
  details: `  <search>           an address or its beginning, an order (ord_…), a checkout session (cs_…) or a payment (pi_…)
  --state <state>    one of ${ORDER_STATES.join(', ')}
  --limit <number>   at most so many, ${LIMIT} unless told
  --after <place>    goes on where the last page ended; the end of each page names the place
  --json             answers with one JSON document: {"orders": […], "next": …}

Times are in UTC.

  npm run till -- orders ada@example.com
  npm run till -- orders --state review`,
  options: {
    state: { type: 'string' },
    limit: { type: 'string' },
    after: { type: 'string' },
    json: { type: 'boolean' },
  },
  wordCount: { least: 0, most: 1 },
  async run({ app, given: { words, options }, terminal }) {
    const [search = ''] = words
    const wish = {
      search,
      status: readState(options.state),
      after: textOf(options.after),
      limit: readLimit(options.limit),
    }
    const page = await listOrders(app, wish)
    if (options.json) terminal.print(JSON.stringify(page, null, 2))
    else if (page.orders.length === 0) terminal.print('No order is like that.')
    else printTable(page.orders, { columns: COLUMNS, asJson: false, terminal })
    if (page.next && !options.json) terminal.tell(`There are more: --after ${page.next}`)
    return 0
  },
}

function textOf(value: string | boolean | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function readState(value: string | boolean | undefined): OrderStatus | null {
  if (value === undefined) return null
  const state = ORDER_STATES.find((one) => one === value)
  if (state) return state
  throw new UsageError(`${value} is not a state; there is ${ORDER_STATES.join(', ')}.`)
}

function readLimit(value: string | boolean | undefined): number {
  if (value === undefined) return LIMIT
  const limit = Number(value)
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit
  throw new UsageError(`--limit takes a whole number from 1 to ${MOST}.`)
}
