import { drawActions, type Leads } from './draw-actions.ts'
import { drawFiles } from './draw-files.ts'
import { drawForm } from './draw-form.ts'
import { element } from './element.ts'
import type { OrderView } from './order-view.ts'

/** Draws a view into `place`. A reader who was in there is led to the heading, or to the field that waits to be filled in. */
export function drawOrder(place: HTMLElement, view: OrderView, leads: Leads): void {
  const hadFocus = place.contains(document.activeElement)
  const heading = element('h2', { textContent: view.title, tabIndex: -1 })
  const parts: HTMLElement[] = [heading, element('p', { className: 'lead', textContent: view.text })]
  if (view.tone === 'wait') parts.unshift(element('div', { className: 'waiting', ariaHidden: 'true' }))
  if (view.files.length) parts.push(drawFiles(view.files))
  if (view.facts.length) parts.push(drawFacts(view.facts))
  if (view.form) parts.push(drawForm(view.form))
  if (view.actions.length) parts.push(drawActions(view, leads))
  place.className = `order order-${view.tone}`
  place.replaceChildren(...parts)
  if (hadFocus) leadFocus(place)
}

/** Leads the reader to where the page goes on. */
export function leadFocus(place: HTMLElement): void {
  const next = place.querySelector('input') ?? place.querySelector('h2')
  next?.focus()
}

function drawFacts(facts: OrderView['facts']): HTMLElement {
  const rows = facts.map(({ term, value }) =>
    element('div', {}, [element('dt', { textContent: term }), element('dd', { textContent: value })]),
  )
  return element('dl', { className: 'order-facts' }, rows)
}
