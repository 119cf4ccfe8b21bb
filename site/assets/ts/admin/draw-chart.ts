import { element } from '../element.ts'
import { chartLines } from './chart-scale.ts'
import { svg } from './svg.ts'

/** Bars of one kind. Those that are `down` stand below zero; an `outline` is drawn around the solid bar of the same column. */
export type Series = { name: string; look: 'solid' | 'outline' | 'hatched'; side: 'up' | 'down'; values: number[] }

/** `say` is short, for the lines; `tell` is exact. */
export type Chart = {
  title: string
  sum: string
  columns: string[]
  series: Series[]
  say: (value: number) => string
  tell: (value: number) => string
}

const HEIGHT = 200
const MARGIN = { top: 10, right: 4, bottom: 24, left: 58 }
const LABEL_WIDTH = 76

/** Draws bars that are told apart by place and pattern, not by colour; a table beside it has the same numbers. */
export function drawChart(chart: Chart): HTMLElement {
  const frame = element('div', { className: 'chart' })
  const draw = () => frame.replaceChildren(drawAt(chart, Math.max(frame.clientWidth, 260)))
  new ResizeObserver(draw).observe(frame)
  return element('figure', { className: 'chart-figure' }, [frame, drawLegend(chart)])
}

function drawAt({ title, sum, columns, series, say, tell }: Chart, width: number): SVGElement {
  const heights = series.flatMap(({ side, values }) => values.map((value) => (side === 'up' ? value : -value)))
  const lines = chartLines(Math.min(0, ...heights), Math.max(0, ...heights))
  const [lowest = 0, highest = 1] = [lines[0], lines.at(-1)]
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const y = (value: number) => MARGIN.top + (inner.height * (highest - value)) / (highest - lowest)
  const step = inner.width / Math.max(columns.length, 1)
  const x = (column: number) => MARGIN.left + column * step
  const grid = lines.flatMap((value) => drawLine(value, { y: y(value), width, text: say(value) }))
  const bars = columns.map((name, column) =>
    drawColumn(name, { chart: { series, tell }, column, x: x(column), step, y }),
  )
  const every = Math.ceil(columns.length / Math.max(1, Math.floor(inner.width / LABEL_WIDTH)))
  const labels = columns.flatMap((name, column) =>
    column % every === 0 ? [svg('text', { x: x(column), y: HEIGHT - 6, class: 'chart-label' }, [name])] : [],
  )
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': `${title}. ${sum}` },
    [hatching(), ...grid, ...bars, ...labels],
  )
}

function drawLine(value: number, { y, width, text }: { y: number; width: number; text: string }): SVGElement[] {
  const look = value === 0 ? 'chart-zero' : 'chart-line'
  return [
    svg('line', { x1: MARGIN.left, x2: width - MARGIN.right, y1: y, y2: y, class: look }),
    svg('text', { x: MARGIN.left - 6, y: y + 4, class: 'chart-value' }, [text]),
  ]
}

type Column = {
  chart: Pick<Chart, 'series' | 'tell'>
  column: number
  x: number
  step: number
  y: (value: number) => number
}

function drawColumn(name: string, { chart: { series, tell }, column, x, step, y }: Column): SVGElement {
  const gap = Math.min(step * 0.22, 6)
  const told = series.map((one) => `${one.name}: ${tell(one.values[column] ?? 0)}`).join('\n')
  const bars = series.map(({ look, side, values }) => {
    const value = values[column] ?? 0
    const [top, bottom] = side === 'up' ? [y(value), y(0)] : [y(0), y(-value)]
    const inset = look === 'solid' && series.some((other) => other.look === 'outline') ? gap : 0
    const size = { x: x + gap / 2 + inset, y: top, width: Math.max(step - gap - 2 * inset, 1), height: bottom - top }
    return svg('rect', { ...size, ...lookOf(look) })
  })
  const [highest, lowest] = [y(0) - 160, y(0) + 160]
  // Catches the pointer for the whole column, also above a low bar.
  const ground = svg('rect', { x, y: highest, width: step, height: lowest - highest, class: 'bar-ground' })
  return svg('g', {}, [svg('title', {}, [`${name}\n${told}`]), ground, ...bars])
}

/** A stylesheet in a file of its own could not name the pattern: it would look for it in itself. */
function lookOf(look: Series['look']): Record<string, string> {
  return { class: `bar bar-${look}`, ...(look === 'hatched' ? { fill: 'url(#hatching)' } : {}) }
}

/** Named once for all charts of a page: they are all the same. */
function hatching(): SVGElement {
  const line = svg('path', { d: 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2', class: 'hatch' })
  const size = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' }
  return svg('defs', {}, [svg('pattern', { id: 'hatching', ...size }, [line])])
}

function drawLegend({ sum, series }: Chart): HTMLElement {
  const keys = series.map(({ name, look }) => {
    const swatch = svg('svg', { width: 14, height: 14, 'aria-hidden': 'true', focusable: 'false' }, [
      hatching(),
      svg('rect', { x: 1, y: 1, width: 12, height: 12, ...lookOf(look) }),
    ])
    const key = element('span', { className: 'chart-key' })
    key.append(swatch, name)
    return key
  })
  const keyLine = element('span', { className: 'chart-keys' }, keys)
  return element('figcaption', {}, [element('span', { textContent: sum }), keyLine])
}
