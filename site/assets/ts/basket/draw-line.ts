import { basketWords as words } from '../../../_data/basket-words.ts'
import { element } from '../element.ts'
import { MOST_OF_ONE, readQuantity } from './basket.ts'
import type { LineView } from './line-view.ts'

/** What pressing a part of a line does. */
export type LineActs = {
  set(slug: string, quantity: number): void
  remove(slug: string): void
  restore(slug: string): void
}

/** A line on the page, which is shown anew in place, so that whoever is at one of its buttons stays there. */
export type DrawnLine = { item: HTMLLIElement; show(view: LineView): void }

/** Draws a line for a product. */
export function drawLine(first: LineView, acts: LineActs): DrawnLine {
  const { slug } = first
  const stepper = drawStepper(first.title, (quantity) => acts.set(slug, quantity))
  const [each, was, sum] = [element('span', {}), element('p', { className: 'basket-was' }), element('span', {})]
  const remove = drawButton('text-button', words.remove, words.removeOne(first.title))
  const undo = drawButton('button button-quiet', words.undo, words.undoOne(first.title))
  const price = element('p', { className: 'basket-price' }, [sum, each])
  const controls = element('div', { className: 'basket-controls' }, [stepper.box, remove])
  const sold = [drawThumb(first), drawTitle(first), was, price, controls]
  const removed = [element('p', { textContent: words.removed(first.title) }), undo]
  const item = element('li', {})
  remove.onclick = () => acts.remove(slug)
  undo.onclick = () => acts.restore(slug)

  const turn = ({ isRemoved, note }: LineView) => {
    const name = `basket-line${isRemoved ? ' basket-removed' : ''}${note ? ' basket-gone' : ''}`
    const hadFocus = item.contains(document.activeElement)
    const isOther = item.className === '' || isRemoved !== item.className.includes('basket-removed')
    item.className = name
    if (!isOther) return
    item.replaceChildren(...(isRemoved ? removed : sold))
    if (hadFocus) (isRemoved ? undo : remove).focus()
  }
  const show = (view: LineView) => {
    turn(view)
    stepper.show(view.quantity)
    stepper.box.hidden = view.note !== ''
    sum.textContent = view.note || view.sum
    each.textContent = view.each
    was.replaceChildren(...(view.was ? saidChange(view.was, view.now) : []))
  }
  show(first)
  return { item, show }
}

function saidChange(was: string, now: string): (string | HTMLElement)[] {
  return [
    `${words.was} `,
    element('s', { textContent: was }),
    `, ${words.is} `,
    element('strong', { textContent: now }),
  ]
}

function drawButton(className: string, textContent: string, ariaLabel: string): HTMLButtonElement {
  return element('button', { type: 'button', className, textContent, ariaLabel })
}

/** A picture of an earlier build may be gone; then its place is empty. */
function drawThumb({ thumb, slug }: LineView): HTMLElement {
  const picture = element('img', { src: thumb, alt: '', width: 96, height: 72, onerror: () => picture.remove() })
  const link = { className: 'basket-thumb mat', href: `/store/${slug}/`, tabIndex: -1, ariaHidden: 'true' }
  return element('a', link, thumb ? [picture] : [])
}

function drawTitle({ title, slug }: LineView): HTMLElement {
  return element('h2', { className: 'basket-title' }, [element('a', { href: `/store/${slug}/`, textContent: title })])
}

function drawStepper(title: string, set: (quantity: number) => void) {
  const input = element('input', { type: 'text', inputMode: 'numeric', autocomplete: 'off', maxLength: 3 })
  input.setAttribute('aria-label', words.quantity(title))
  const [fewer, more] = [drawButton('step', '−', words.fewer(title)), drawButton('step', '+', words.more(title))]
  let shown = 1
  const step = (by: number) => {
    if (shown + by >= 1 && shown + by <= MOST_OF_ONE) set(shown + by)
  }
  fewer.onclick = () => step(-1)
  more.onclick = () => step(1)
  input.onchange = () => {
    const typed = /^\d+$/.test(input.value.trim()) ? readQuantity(Number(input.value)) : shown
    if (typed !== shown) set(typed)
    // Also when nothing came of it.
    input.value = String(shown)
  }
  const show = (quantity: number) => {
    if (quantity !== shown || input.value === '') input.value = String(quantity)
    shown = quantity
    // Not `disabled`, which would take the focus away from whoever pressed it.
    fewer.setAttribute('aria-disabled', String(quantity <= 1))
    more.setAttribute('aria-disabled', String(quantity >= MOST_OF_ONE))
  }
  return { box: element('div', { className: 'stepper' }, [fewer, input, more]), show }
}
