import type { Terminal } from '../command.ts'
import { alignColumns } from '../print-table.ts'
import type { Finding, Report } from './report.ts'

type Paper = { terminal: Pick<Terminal, 'print' | 'tell'>; asJson: boolean }

/** Prints a run's findings as a table with a closing line, or as one JSON document. */
export function printReport(report: Report, { terminal, asJson }: Paper): void {
  if (asJson) terminal.print(JSON.stringify(jsonOf(report), null, 2))
  else {
    if (report.findings.length > 0) terminal.print(tableOf(report.findings))
    terminal.print(closingLine(report))
  }
  if (report.isStopped) terminal.tell('Stopped before the end. The same command goes on from here.')
}

function jsonOf({ since, isDryRun, isStopped, compared, found, left, findings }: Report) {
  return {
    since: since.toISOString(),
    dry_run: isDryRun,
    complete: !isStopped,
    compared: { sessions: compared.session, refunds: compared.refund, disputes: compared.dispute },
    found,
    left,
    findings: findings.map(({ isLeft, ...finding }) => ({ ...finding, left: isLeft })),
  }
}

function tableOf(findings: Finding[]): string {
  const rows = findings.map(({ kind, sale, stripe, ours, action }) => [
    kind.replace('_', ' '),
    sale,
    stripe,
    ours,
    action,
  ])
  return alignColumns([['Difference', 'Sale', 'Stripe says', 'We have', 'Action'], ...rows])
}

function closingLine({ since, isDryRun, compared, found, left }: Report): string {
  const { session, refund, dispute } = compared
  const read = `${counted(session, 'session')}, ${counted(refund, 'refund')} and ${counted(dispute, 'dispute')}`
  const span = `${read} since ${since.toISOString().slice(0, 16)}Z`
  if (found === 0) return `Nothing differs: ${span}.`
  const rest = isDryRun ? 'nothing was changed' : `${found - left} mended, ${left} left`
  return `${found} found, ${rest}: ${span}.`
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
