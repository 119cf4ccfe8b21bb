import type { ComparedPage, QueuedFinding } from '../../../../shop/reconcile/compared-page.ts'
import { adminWorkWords as words } from '../../../_data/admin-work-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawTable } from './draw-table.ts'
import { drawButton, drawField } from './fields.ts'
import { announce } from './page.ts'
import { placeUrl } from './view.ts'

type Found = { read: number; findings: QueuedFinding[]; unsettled: number; lostMails: number }

/** Draws the button that compares the shop with Stripe, page by page, and the place for its report. */
export function drawComparison(): HTMLElement[] {
  const options = Object.entries(words.compareDays).map(([value, textContent]) =>
    element('option', { value, textContent, selected: value === '7' }),
  )
  const span = element('select', { id: 'compare-days' }, options)
  const report = element('div', { className: 'comparison' })
  const button = drawButton(words.compare, () => compare(Number(span.value), report), 'button')
  return [
    element('p', { className: 'hint', textContent: words.compareText }),
    element('div', { className: 'comparison-ask' }, [drawField(words.compareSpan, span), button]),
    report,
  ]
}

async function compare(days: number, report: HTMLElement): Promise<void> {
  const found: Found = { read: 0, findings: [], unsettled: 0, lostMails: 0 }
  const progress = element('p', { className: 'hint' })
  report.replaceChildren(progress)
  for (let place: ComparedPage['next'] = null, isFirst = true; isFirst || place; isFirst = false) {
    const page: ComparedPage = await ask('/admin_reconcile', { days, place })
    found.read += page.compared
    found.findings.push(...page.findings)
    found.unsettled += page.unsettled
    found.lostMails += page.lost_mails
    progress.textContent = words.comparing(found.read, found.findings.length)
    place = page.next
  }
  show(report, found)
}

function show(report: HTMLElement, { read, findings, unsettled, lostMails }: Found): void {
  const said = words.compared(read, findings.length)
  const parts: HTMLElement[] = [element('p', { textContent: said })]
  if (unsettled + lostMails > 0)
    parts.push(element('p', { className: 'hint', textContent: words.compareRest(unsettled, lostMails) }))
  if (findings.length > 0) parts.push(drawFindings(findings))
  report.replaceChildren(...parts)
  announce(said)
}

function drawFindings(findings: QueuedFinding[]): HTMLElement {
  const columns = Object.values(words.findings).map((name) => ({ name }))
  const rows = findings.map(({ kind, sale, order_id, stripe, ours }) => [
    kind.replace('_', ' '),
    order_id ? element('a', { href: placeUrl('order', order_id), textContent: order_id }) : sale,
    stripe,
    ours,
  ])
  return drawTable({ caption: words.compareTitle, columns, rows })
}
