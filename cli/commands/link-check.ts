import { listAffiliateLinks } from '../../db/products.ts'
import type { Command, Terminal } from './command.ts'
import { type CheckedLink, checkLinks, remember } from './links/check-links.ts'
import { readMemory, writeMemory } from './links/link-memory.ts'
import { alignColumns } from './print-table.ts'

/** `npm run till -- links check`. */
export const LINK_CHECK: Command = {
  name: 'links check',
  summary: 'Asks whether the products that affiliate links lead to are still there',
  usage: '[--json]',
  details: `  --json  answers with one JSON document instead of a table

Every published recommendation is asked, once a second and host, by HEAD and then GET, without cookies and under our own name. broken: it
answered 404 or 410 on two runs in a row, so take it off the shelf or correct its address; gone: it did so for the first time, and
the next run decides; unknown: a captcha, a block or an outage, which says nothing and changes nothing. It ends with 1 if any is broken.`,
  options: { json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal, folder }) {
    const links = await listAffiliateLinks(app.db)
    const memory = readMemory(folder)
    const progress = ({ slug, state }: CheckedLink) => terminal.progress(`${slug}: ${state}`)
    const checked = await checkLinks(app, links, { memory, fetch, stopping: terminal.stopping, progress })
    writeMemory(folder, remember(links, checked, memory))
    print(checked, links.length, { terminal, asJson: options.json === true })
    return checked.length < links.length || checked.some(({ state }) => state === 'broken') ? 1 : 0
  },
}

type Paper = { terminal: Terminal; asJson: boolean }

function print(checked: CheckedLink[], asked: number, { terminal, asJson }: Paper): void {
  const count = (state: CheckedLink['state']) => checked.filter((link) => link.state === state).length
  const counts = { ok: count('ok'), gone: count('gone'), broken: count('broken'), unknown: count('unknown') }
  const not_asked = asked - checked.length
  if (asJson) terminal.print(JSON.stringify({ links: checked, ...counts, not_asked }, null, 2))
  else if (asked === 0) terminal.print('There are no published recommendations.')
  else terminal.print(tableOf(checked, { ...counts, 'not asked': not_asked }))
}

function tableOf(checked: CheckedLink[], counts: Record<string, number>): string {
  const since = (day: string | null) => (day ? `, gone since ${day.slice(0, 10)}` : '')
  const lines = checked.map((link) => [link.slug, link.state, `${link.why}${since(link.since)}`, link.url])
  const sums = Object.entries(counts).map(([state, number]) => `${number} ${state}`)
  return `${alignColumns([['Product', 'State', 'Why', 'Address'], ...lines])}\n\n${sums.join(', ')}`
}
