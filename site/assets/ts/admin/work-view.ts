import type { WorkReport } from '../../../../shop/admin/work-report.ts'
import { adminWorkWords as words } from '../../../_data/admin-work-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawComparison } from './draw-comparison.ts'
import { drawTable } from './draw-table.ts'
import { drawButton } from './fields.ts'
import { sayCount, sayMoment } from './format.ts'
import { say } from './page.ts'
import type { Stage, View } from './view.ts'

/** Shows what the shop does behind its pages, what it has given up, and the signs of life of everything that it hangs on. */
export const showWork: View = (stage) => showAgain(stage, null)

async function showAgain(stage: Stage, said: string | null): Promise<void> {
  const report = await ask<WorkReport>('/admin_work', {})
  const again = (text: string) => showAgain(stage, text)
  stage.show([
    element('h2', { textContent: words.title, tabIndex: -1 }),
    drawVerdict(report),
    element('h3', { textContent: words.signs }),
    drawSigns(report),
    ...drawBuild(report, again),
    element('h3', { textContent: words.queueTitle }),
    drawQueue(report),
    element('h3', { textContent: words.deadTitle }),
    ...drawDead(report, again),
    element('h3', { textContent: words.compareTitle }),
    ...drawComparison(),
  ])
  if (said !== null && !stage.isLeft) say(said)
}

function drawVerdict({ kinds, held_mails, is_storage_well, build }: WorkReport): HTMLElement {
  const isWell =
    held_mails === 0 &&
    is_storage_well &&
    build.state !== 'failed' &&
    kinds.every(({ dead, late }) => dead + late === 0)
  const look = isWell ? 'state state-paid' : 'state state-review'
  return element('p', {}, [element('span', { className: look, textContent: isWell ? words.well : words.unwell })])
}

function drawSigns(report: WorkReport): HTMLElement {
  const { event_at, mail_at, night, sweep_at, is_storage_well, oldest_due_seconds, held_mails, build } = report
  const moment = (at: string | null) => (at ? sayMoment(at) : words.never)
  const oldest = oldest_due_seconds > 0 ? words.age(Math.floor(oldest_due_seconds / 60)) : words.oldestNone
  const pages = [words.builds[build.state] ?? build.state, build.reason].filter(Boolean).join(': ')
  const facts: [string, string][] = [
    [words.event, moment(event_at)],
    [words.mail, moment(mail_at)],
    [words.night, night ?? words.never],
    [words.sweep, moment(sweep_at)],
    [words.storage, is_storage_well ? words.storageWell : words.storageUnwell],
    [words.oldest, oldest],
    [words.held, sayCount(held_mails)],
    [words.build, pages],
  ]
  const pairs = facts.map(([name, value]) =>
    element('div', {}, [element('dt', { textContent: name }), element('dd', { textContent: value })]),
  )
  const list = element('dl', { className: 'facts' }, pairs)
  return held_mails === 0
    ? list
    : element('div', {}, [list, element('p', { className: 'hint', textContent: words.heldHint })])
}

function drawBuild({ build }: WorkReport, again: (said: string) => Promise<void>): HTMLElement[] {
  if (build.state === 'no_hook') return []
  const rebuild = async () => {
    await ask('/admin_rebuild', {})
    await again(words.buildAsked)
  }
  return [element('p', {}, [drawButton(words.buildNow, rebuild)])]
}

function drawQueue({ kinds }: WorkReport): HTMLElement {
  if (kinds.length === 0) return element('p', { className: 'hint', textContent: words.noWork })
  const { kind, ...numbers } = words.columns
  const columns = [{ name: kind }, ...Object.values(numbers).map((name) => ({ name, isNumber: true }))]
  const rows = kinds.map((one) => [
    words.kinds[one.kind] ?? one.kind,
    ...[one.open, one.running, one.late, one.dead, one.done].map(sayCount),
  ])
  return drawTable({ caption: words.queueTitle, columns, rows })
}

function drawDead({ dead }: WorkReport, again: (said: string) => Promise<void>): HTMLElement[] {
  if (dead.length === 0) return [element('p', { className: 'hint', textContent: words.noDead })]
  const redrive = async (id: string) => {
    const { revived } = await ask<{ revived: number }>('/admin_redrive', { id })
    await again(revived > 0 ? words.redriven(revived) : words.notDead)
  }
  const lines = dead.map(({ id, kind, attempts, last_error, finished_at }) =>
    element('li', {}, [
      element('p', {}, [
        element('strong', { textContent: words.kinds[kind] ?? kind }),
        element('span', { className: 'hint', textContent: words.attempts(attempts, sayMoment(finished_at)) }),
      ]),
      element('p', { className: 'dead-id', textContent: id }),
      element('p', { className: 'dead-reason', textContent: last_error ?? words.noReason }),
      drawButton(words.redrive, () => redrive(id)),
    ]),
  )
  const list = element('ul', { className: 'dead', role: 'list' }, lines)
  return dead.length > 1 ? [list, element('p', {}, [drawButton(words.redriveAll, () => redrive('all'))])] : [list]
}
