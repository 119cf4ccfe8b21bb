import { CONTENDERS } from './contender.ts'
import type { Samples } from './samples.ts'
import type { Figure } from './statistics.ts'
import { isMet, type Target } from './targets.ts'

const METRICS: [of: string, title: string][] = [
  ['enqueue', 'Enqueue, one at a time, p50 (µs)'],
  ['burst', 'Enqueue, 50 at once (/s)'],
  ['noop', 'Empty jobs (/s)'],
  ['order', 'Orders, at least once (/s)'],
  ['order-once', 'Orders, exactly once, one by one (/s)'],
  ['order-set', 'Orders, exactly once, as a set (/s)'],
  ['wake-statements', 'Statements of a cold wake, one job'],
  ['empty-statements', 'Statements of an empty wake'],
  ['wake', 'Process start to one job done, 10 ms away (ms)'],
  ['bytes', 'Code, minified (B; the peers with `pg`)'],
  ['import', 'Import (ms; Till with the Neon driver, the peers with `pg`)'],
]

/** The run as Markdown: what each contender did, and which targets that meets. */
export function describeRun(samples: Samples, targets: Target[]): string {
  return [
    table(
      ['', ...CONTENDERS],
      METRICS.map(([of, title]) => [title, ...CONTENDERS.map((who) => cell(samples, of, who))]),
    ),
    `Claim of 50 jobs, p50: ${show(samples.figure('claim', 'empty'))} ms from an empty table, ${show(samples.figure('claim', 'full'))} ms from a full one. The Neon driver alone imports in ${show(samples.figure('import', 'driver'))} ms.`,
    table(['Target', 'must be', 'is', ''], targets.map(row)),
  ].join('\n\n')
}

function cell(samples: Samples, of: string, who: string): string {
  return samples.has(of, who) ? show(samples.figure(of, who)) : '–'
}

function row(target: Target): string[] {
  const { what, must, limit, unit, figure } = target
  return [what, `${must} ${limit}${unit}`, show(figure, unit), isMet(target) ? 'met' : 'MISSED']
}

function show({ median, min, max }: Figure, unit = ''): string {
  if (min === max) return digits(median) + unit
  return `${digits(median)}${unit} [${digits(min)}–${digits(max)}]`
}

/** Three significant digits are all that a shared machine can say. */
function digits(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
