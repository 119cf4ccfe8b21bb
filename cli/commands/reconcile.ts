import { type Command, UsageError } from './command.ts'
import { mendAll } from './reconcile/mend-all.ts'
import { printReport } from './reconcile/print-report.ts'
import { readSince } from './reconcile/since.ts'

/** `npm run till -- reconcile`. */
export const RECONCILE: Command = {
  name: 'reconcile',
  summary: "Compares Stripe's sales, refunds and disputes with the shop's and mends what differs",
  usage: '[--since 30d] [--dry-run] [--json] [--restart]',
  details: `  --since <time>  how far back: 30d, 12h, or a date such as 2026-11-01; 30d if you say nothing
  --dry-run       only says what differs and changes nothing
  --json          answers with one JSON document instead of a table
  --restart       begins anew where an interrupted run would go on

It reads Stripe's lists page by page, at most ten calls a second, and then every order that Stripe may still change and
every mail that was not sent, however old. What differs is read back from Stripe and written as a webhook would have; mails that
follow from it go out by the ordinary worker. It never moves money and may be repeated at any time. Interrupted, the same command
goes on where it stopped. It ends with 1 if anything is left that differs.`,
  options: {
    since: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    restart: { type: 'boolean' },
  },
  wordCount: 0,
  async run({ app, given: { options }, terminal, folder }) {
    const since = readSince(String(options.since ?? '30d'), app.now())
    if (!since)
      throw new UsageError('--since takes a time such as 30d or 12h, or a date such as 2026-11-01, in the past.')
    const wish = { since, isDryRun: options['dry-run'] === true, isRestart: options.restart === true }
    const report = await mendAll(app, wish, { terminal, folder })
    printReport(report, { terminal, asJson: options.json === true })
    return report.left > 0 || report.isStopped ? 1 : 0
  },
}
