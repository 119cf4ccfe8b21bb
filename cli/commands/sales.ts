import type { CurrencyTotal, DayReport, Report } from '../../shop/admin/figures.ts'
import { listSales } from '../../shop/admin/list-sales.ts'
import { type Command, type Terminal, UsageError } from './command.ts'
import { sayAmount } from './order/say-amount.ts'
import { alignColumns } from './print-table.ts'

const DAYS = 14
const MOST = 3_660
const WIDTH = 30

/** `npm run till -- sales`. */
export const SALES: Command = {
  name: 'sales',
  summary: 'Shows what was sold and paid back, day by day, with a small chart',
  usage: '[--days <number>] [--json]',
  details: `  --days <number>  the last so many days, today among them; ${DAYS} unless told
  --json           answers with one JSON document; amounts are in minor units

Days are those of the shop's time zone, which shop.config.ts names. Each currency has a table of its own. Sales count on the day on
which they were paid, refunds on theirs; net is sales less refunds and lost disputes. # is what was sold, - what went back.

  npm run till -- sales --days 30`,
  options: { days: { type: 'string' }, json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal }) {
    const report = await listSales(app, readDays(options.days))
    if (options.json) terminal.print(JSON.stringify(report, null, 2))
    else printReport(report, terminal)
    return 0
  },
}

/** How many days were asked for. @throws UsageError unless it is a whole number that makes sense */
export function readDays(value: string | boolean | undefined, most = MOST): number {
  if (value === undefined) return Math.min(DAYS, most)
  const days = Number(value)
  if (Number.isInteger(days) && days >= 1 && days <= most) return days
  throw new UsageError(`--days takes a whole number from 1 to ${most}.`)
}

function printReport({ total, days, period }: Report, { print }: Terminal): void {
  print(
    `${period.from} to ${period.until}: ${total.paid} orders, ${total.checkouts} payments begun, ${total.clicks} clicks.`,
  )
  if (total.money.length === 0) print('Nothing was sold.')
  for (const money of total.money) print(`\n${tableOf(money, days)}`)
}

function tableOf({ currency, sales, orders, refunds, lost, net }: CurrencyTotal, days: DayReport[]): string {
  const say = (amount: number) => sayAmount(amount, currency)
  const parts = days.map(({ day, money }) => ({ day, money: money.find((one) => one.currency === currency) }))
  const highest = Math.max(
    1,
    ...parts.map(({ money }) => Math.max(money?.sales ?? 0, (money?.refunds ?? 0) + (money?.lost ?? 0))),
  )
  const rows = parts.map(({ day, money }) => {
    if (!money) return [day, '', '', '', '', '']
    const gone = money.refunds + money.lost
    const bars =
      '#'.repeat(Math.round((money.sales / highest) * WIDTH)) + '-'.repeat(Math.round((gone / highest) * WIDTH))
    return [day, String(money.orders), say(money.sales), gone ? say(gone) : '', say(money.net), bars]
  })
  const foot = ['in all', String(orders), say(sales), say(refunds + lost), say(net), '']
  return alignColumns([['Day', 'Orders', 'Sales', 'Went back', 'Net', ''], ...rows, foot])
}
