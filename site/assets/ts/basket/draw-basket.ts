import { basketWords as words } from '../../../_data/basket-words.ts'
import { element } from '../element.ts'
import type { BasketView } from './basket-view.ts'
import { type DrawnLine, drawLine, type LineActs } from './draw-line.ts'

/** What pressing a part of the basket does. */
export type BasketActs = LineActs & { pay(): void }

/**
 * Takes over the place of the basket on its page.
 * @returns what shows a view there: parts that stay are changed in place, and what has changed is said to screen readers
 */
export function stageBasket(place: HTMLElement, acts: BasketActs): (view: BasketView) => void {
  const drawn = new Map<string, DrawnLine>()
  const notice = element('div', { role: 'alert', className: 'basket-notice' })
  const list = element('ul', { role: 'list', className: 'basket-lines' })
  const said = element('div', {})
  const blank = element('div', { className: 'basket-blank' }, [said, ...partsOf('ways')])
  const bill = drawBill(acts)
  const lines = element('div', { className: 'basket-main' }, [list, blank])
  place.replaceChildren(notice, lines, bill.section)

  return (view) => {
    const hadFocus = list.contains(document.activeElement)
    const items = view.lines.map((line) => {
      const one = drawn.get(line.slug) ?? drawLine(line, acts)
      drawn.set(line.slug, one)
      one.show(line)
      return one.item
    })
    arrange(list, items)
    say(said, view.blank)
    blank.hidden = !view.blank
    say(notice, view.notice)
    bill.show(view)
    place.className = `basket${view.total ? '' : ' basket-empty'}`
    // What somebody was at may be gone: another tab has removed it.
    if (hadFocus && !list.contains(document.activeElement)) document.querySelector<HTMLElement>('h1')?.focus()
  }
}

/** Moves nothing that is in its place already, since what is moved loses the focus. */
function arrange(list: HTMLElement, items: HTMLElement[]): void {
  for (const old of [...list.children]) if (!items.includes(old as HTMLElement)) old.remove()
  for (const [at, item] of items.entries())
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null)
}

/** Writes two sentences into their place, unless they stand there: an alert that is written again is read again. */
function say(place: HTMLElement, said: { title: string; text: string } | null): void {
  if ((place.dataset.said ?? '') === (said?.title ?? '')) return
  place.dataset.said = said?.title ?? ''
  const { title = '', text = '' } = said ?? {}
  const parts = [element('p', { className: 'basket-said', textContent: title }), element('p', { textContent: text })]
  place.replaceChildren(...(said ? parts : []))
}

/** What the page's template has for a part of the basket. */
function partsOf(name: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`#basket [data-${name}]`)]
}

function drawBill(acts: BasketActs) {
  const [count, total] = [element('span', {}), element('strong', { className: 'price price-large' })]
  const sum = element('p', { role: 'status', className: 'basket-total' }, [count, total])
  const pay = element('button', { type: 'button', className: 'button button-wide', onclick: () => acts.pay() })
  const [fine, begun] = [element('p', { className: 'fine' }), element('p', { className: 'fine' })]
  const section = element('section', { className: 'basket-bill', ariaLabel: words.total }, [
    sum,
    pay,
    fine,
    begun,
    ...partsOf('bill'),
  ])
  const show = (view: BasketView) => {
    section.hidden = view.total === ''
    write(count, view.count)
    write(total, view.total)
    write(pay, view.pay?.label ?? '')
    pay.hidden = !view.pay
    pay.setAttribute('aria-busy', String(view.pay?.isBusy ?? false))
    pay.setAttribute('aria-disabled', String(Boolean(view.pay?.isBusy || view.pay?.isShut)))
    write(fine, view.fine)
    write(begun, view.begun)
    begun.hidden = view.begun === ''
  }
  return { section, show }
}

function write(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text
}
