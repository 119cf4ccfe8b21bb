import { listClicks, type ProductClicks } from '../../shop/admin/list-clicks.ts'
import type { Command } from './command.ts'
import { type Columns, printTable } from './print-table.ts'
import { readDays } from './sales.ts'

const WIDTH = 30

/** `npm run till -- clicks`. */
export const CLICKS: Command = {
  name: 'clicks',
  summary: 'Shows how often recommendations were followed, by product',
  usage: '[--days <number>] [--json]',
  details: `  --days <number>  the last so many days, today among them; 14 unless told
  --json           answers with one JSON document

Programs that say what they are do not count. The clicks themselves are deleted after 90 days; their sums stay.

  npm run till -- clicks --days 90`,
  options: { days: { type: 'string' }, json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal }) {
    const report = await listClicks(app, readDays(options.days))
    if (options.json) {
      terminal.print(JSON.stringify(report, null, 2))
      return 0
    }
    const { period, total, products } = report
    terminal.print(`${period.from} to ${period.until}: ${total} clicks.`)
    const highest = products[0]?.clicks ?? 1
    const columns: Columns<ProductClicks> = {
      Product: ({ slug }) => slug,
      Clicks: ({ clicks }) => String(clicks),
      '': ({ clicks }) => '#'.repeat(Math.round((clicks / highest) * WIDTH)),
    }
    if (products.length > 0) printTable(products, { columns, asJson: false, terminal })
    return 0
  },
}
