import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { ask } from '../ask.ts'
import { meetTrouble } from '../meet-trouble.ts'
import { announce } from '../page.ts'

const words = adminProductWords.order

/** Lets the items of a list be put in another order by their handles: dragged by mouse or finger, or moved with the arrow keys. */
export function makeSortable(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => moveByKey(list, event))
  list.addEventListener('pointerdown', (event) => dragByPointer(list, event))
}

function moveByKey(list: HTMLElement, event: KeyboardEvent): void {
  const item = itemOf(event.target)
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (!item || by === 0) return
  event.preventDefault()
  const before = item.nextElementSibling
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling
  if (!other) return
  if (by < 0) other.before(item)
  else other.after(item)
  focusHandle(item)
  void settle(list, item, before)
}

function dragByPointer(list: HTMLElement, event: PointerEvent): void {
  const item = itemOf(event.target)
  if (!item || event.button !== 0) return
  event.preventDefault()
  const before = item.nextElementSibling
  item.classList.add('dragged')
  const follow = ({ clientY }: PointerEvent) => {
    const over = [...list.children].find((other) => other !== item && isOver(other, clientY))
    if (!over) return
    const { top, height } = over.getBoundingClientRect()
    if (clientY < top + height / 2) over.before(item)
    else over.after(item)
  }
  const drop = () => {
    listening.abort()
    item.classList.remove('dragged')
    focusHandle(item)
    if (item.nextElementSibling !== before) void settle(list, item, before)
  }
  // On the window: an item that is put somewhere else loses the pointer that it had caught.
  const listening = new AbortController()
  const { signal } = listening
  addEventListener('pointermove', follow, { signal })
  addEventListener('pointerup', drop, { signal })
  addEventListener('pointercancel', drop, { signal })
}

function isOver(item: Element, y: number): boolean {
  const { top, bottom } = item.getBoundingClientRect()
  return y >= top && y <= bottom
}

/** Moves come one after the other, each relative to a neighbour, so that none depends on what this page last saw. */
let queue = Promise.resolve()

function settle(list: HTMLElement, item: HTMLElement, before: Element | null): Promise<void> {
  const title = item.dataset.title ?? ''
  const next = item.nextElementSibling as HTMLElement | null
  const previous = item.previousElementSibling as HTMLElement | null
  const place = next
    ? { place: 'before', other_id: next.dataset.id }
    : { place: 'after', other_id: previous?.dataset.id }
  queue = queue.then(async () => {
    try {
      await ask('/admin_change_product', { product_id: item.dataset.id, action: 'move', ...place })
      announce(words.moved(title, [...list.children].indexOf(item) + 1))
    } catch (error) {
      list.insertBefore(item, before)
      announce(words.failed(title))
      meetTrouble(error)
    }
  })
  return queue
}

function itemOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement && target.classList.contains('handle') ? target.closest('li') : null
}

function focusHandle(item: HTMLElement): void {
  item.querySelector<HTMLElement>('.handle')?.focus()
}
