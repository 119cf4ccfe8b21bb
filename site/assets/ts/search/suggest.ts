import { element } from '../element.ts'
import { findProducts } from './find-products.ts'
import type { LoadIndex } from './load-index.ts'
import type { Entry } from './search-index.ts'

type Parts = { input: HTMLInputElement; list: HTMLElement; load: LoadIndex }

const MOST = 8

/**
 * Suggests products below a search field: a combobox after the WAI-ARIA Authoring Practices. Arrow keys choose, Enter opens the
 * chosen one or else submits the form, Escape closes the list and then empties the field.
 */
export function suggest({ input, list, load }: Parts): void {
  let shown: Entry[] = []
  let chosen = -1

  const choose = (next: number) => {
    chosen = next
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(at === chosen))
    const option = list.children[chosen]
    option?.scrollIntoView({ block: 'nearest' })
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
  }
  const show = (entries: Entry[]) => {
    shown = entries
    list.replaceChildren(...entries.map(optionOf))
    list.hidden = entries.length === 0
    input.setAttribute('aria-expanded', String(entries.length > 0))
    choose(-1)
  }
  const look = async () => {
    const query = input.value
    const entries = await load().catch(() => [])
    // Whoever types on while the index loads is answered for what stands there then.
    if (query === input.value && document.activeElement === input) show(findProducts(entries, query).slice(0, MOST))
  }
  /** Whether there was something to move in; beyond either end is the field itself. */
  const move = (by: number) => {
    const places = shown.length + 1
    choose(((chosen + 1 + by + places) % places) - 1)
    return shown.length > 0
  }
  const close = () => {
    const wasOpen = shown.length > 0
    show([])
    return wasOpen
  }
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    Enter: () => open(shown[chosen]),
  }

  input.addEventListener('focus', () => void load().catch(() => []))
  input.addEventListener('input', () => void look())
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (!event.isComposing && keys[event.key]?.()) event.preventDefault()
  })
  // The field keeps the focus, so that the list is still there when the button goes up.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]') : null
    if (option) open(shown[[...list.children].indexOf(option)])
  })
  if (document.activeElement === input) void load().catch(() => [])
}

function open(entry: Entry | undefined): boolean {
  if (!entry) return false
  location.assign(entry.url)
  return true
}

function optionOf({ title, price }: Entry, at: number): HTMLElement {
  const name = element('span', { textContent: title })
  const option = element('li', { id: `suggestion-${at}`, role: 'option' }, [
    name,
    element('span', { className: 'kinds', textContent: price }),
  ])
  option.setAttribute('aria-selected', 'false')
  return option
}
