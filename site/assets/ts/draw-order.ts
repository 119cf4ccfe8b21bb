import { orderWords as words } from '../../_data/order-words.ts'
import type { FileLine, OrderView, ViewAction } from './order-view.ts'

/** Where an action leads, or what it does. */
export type Leads = Record<ViewAction, string | (() => void)>

/** Draws a view into `place`; text only ever becomes text, whatever a product is called. */
export function drawOrder(place: HTMLElement, view: OrderView, leads: Leads): void {
  const hadFocus = place.contains(document.activeElement)
  const heading = element('h2', { textContent: view.title, tabIndex: -1 })
  const parts: HTMLElement[] = [heading, element('p', { className: 'lead', textContent: view.text })]
  if (view.tone === 'wait') parts.unshift(element('div', { className: 'waiting', ariaHidden: 'true' }))
  if (view.facts.length) parts.push(drawFacts(view.facts))
  if (view.files.length) parts.push(drawFiles(view.files))
  if (view.actions.length) parts.push(drawActions(view.actions, leads))
  place.className = `order order-${view.tone}`
  place.replaceChildren(...parts)
  if (hadFocus) heading.focus()
}

/** Gives the drawn links their renewed addresses and touches nothing else, so that focus and opened details stay. */
export function renewLinks(place: HTMLElement, files: FileLine[]): boolean {
  const links = place.querySelectorAll<HTMLAnchorElement>('.downloads a')
  if (links.length !== files.length) return false
  links.forEach((link, index) => {
    link.href = files[index]?.url ?? link.href
  })
  return true
}

function drawFacts(facts: OrderView['facts']): HTMLElement {
  const rows = facts.map(({ term, value }) =>
    element('div', {}, [element('dt', { textContent: term }), element('dd', { textContent: value })]),
  )
  return element('dl', { className: 'order-facts' }, rows)
}

function drawFiles(files: FileLine[]): HTMLElement {
  const list = element('ul', { className: 'downloads' }, files.map(drawFile))
  // Safari forgets that a list without bullets is one.
  list.setAttribute('role', 'list')
  return list
}

function drawFile({ title, file, label, sha256, url }: FileLine): HTMLElement {
  const name = title ? [element('p', { className: 'download-title', textContent: title })] : []
  const about = element('div', {}, [
    ...name,
    element('p', { className: 'download-file', textContent: file }),
    element('details', {}, [
      element('summary', { textContent: words.checksum }),
      element('code', { textContent: sha256 }),
    ]),
  ])
  const link = element('a', { className: 'button', href: url, textContent: words.download, ariaLabel: label })
  return element('li', {}, [about, link])
}

function drawActions(actions: OrderView['actions'], leads: Leads): HTMLElement {
  const drawn = actions.map(({ label, does }, index) => {
    const look = { className: index ? 'button button-quiet' : 'button', textContent: label }
    const lead = leads[does]
    if (typeof lead === 'string') return element('a', { ...look, href: lead })
    return element('button', { ...look, type: 'button', onclick: lead })
  })
  return element('p', { className: 'order-actions' }, drawn)
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  children: HTMLElement[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}
