import { element } from '../element.ts'
import { announce, leadToHeading, showParts } from './stage.ts'

export type Way = { label: string; does: string | (() => void) }

/** A view of a few sentences: a title, what it means, and what to do next. `strong` stands out between them. */
export type Notice = { title: string; texts: string[]; strong?: string; ways: Way[]; tone?: 'wait' | 'attention' }

/** Shows a notice, and reads it aloud to those who listen. */
export function showNotice({ title, texts, strong, ways, tone }: Notice): void {
  const [first = '', ...rest] = texts
  const parts: HTMLElement[] = [
    element('h2', { textContent: title, tabIndex: -1 }),
    element('p', { className: 'lead', textContent: first }),
  ]
  if (tone === 'wait') parts.unshift(element('div', { className: 'waiting', ariaHidden: 'true' }))
  if (strong) parts.push(element('p', { className: 'strong', textContent: strong }))
  parts.push(...rest.map((text) => element('p', { textContent: text })))
  if (ways.length) parts.push(element('p', { className: 'notice-ways' }, ways.map(drawWay(tone))))
  showParts([element('div', { className: `notice-view ${tone ?? ''}` }, parts)])
  leadToHeading()
  announce(`${title}. ${first}`)
}

/** Good news asks for nothing, so that none of its ways stands out. */
function drawWay(tone: Notice['tone']) {
  return ({ label, does }: Way, index: number): HTMLElement => {
    const look = { className: index || !tone ? 'button button-quiet' : 'button', textContent: label }
    if (typeof does === 'string') return element('a', { ...look, href: does })
    return element('button', { ...look, type: 'button', onclick: does })
  }
}
