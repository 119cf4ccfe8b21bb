import { adminWords as words } from '../../../_data/admin-words.ts'
import { element } from '../element.ts'
import { accountEmail, forgetSession, hasSession, watchSession } from '../purchases/session.ts'
import { Trouble } from './ask.ts'
import { showEnter } from './enter.ts'
import { announce, lead, show } from './page.ts'
import { signOut } from './sign-out.ts'
import { type Place, readPlace, type View } from './view.ts'

/** Counts the views shown, so that a late answer does not draw over the one that came after it. */
let turn = 0

/** Shows the view that the address names, to whoever is signed in; everybody else is asked to. */
export function startFrame(views: Record<string, View>): void {
  const go = () => void showPlace(views, readPlace(location.hash))
  addEventListener('hashchange', go)
  addEventListener('pageshow', ({ persisted }) => {
    // What the browser kept may show orders to somebody who has signed out meanwhile.
    if (persisted) location.reload()
  })
  watchSession(() => location.reload())
  document.querySelector('#who button')?.addEventListener('click', () => void signOut())
  go()
}

async function showPlace(views: Record<string, View>, place: Place): Promise<void> {
  const mine = ++turn
  if (!hasSession()) return enter()
  tellWho(place)
  const view = Object.hasOwn(views, place.name) ? views[place.name] : undefined
  if (!view) return showTrouble({ ...words.trouble.unknown, again: null })
  const stage = {
    place,
    get isLeft() {
      return turn !== mine
    },
    show(parts: HTMLElement[]) {
      if (turn !== mine) return
      show(parts)
      lead()
    },
  }
  show([element('div', { className: 'waiting', ariaHidden: 'true' })])
  announce(words.loading)
  try {
    await view(stage)
  } catch (error) {
    if (turn === mine) explain(error, () => void showPlace(views, place))
  }
}

function enter(): void {
  for (const part of document.querySelectorAll<HTMLElement>('#views, #who')) part.hidden = true
  showEnter()
}

/** Whose pages these are, and which of them this is. */
function tellWho({ name }: Place): void {
  for (const part of document.querySelectorAll<HTMLElement>('#views, #who')) part.hidden = false
  const who = document.querySelector('#who span')
  if (who) who.textContent = accountEmail()
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#views a')) {
    const target = link.hash.slice(1)
    // An order belongs to the orders, a product to the products.
    if (target === name || target === `${name}s`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}

function explain(error: unknown, again: () => void): void {
  if (!(error instanceof Trouble)) throw error
  if (error.kind === 'signed-out') {
    forgetSession()
    enter()
  } else showTrouble(saidOf(error, again))
}

function saidOf({ kind, message }: Trouble, again: () => void): Said {
  const { offline, forbidden, failed } = words.trouble
  if (kind === 'forbidden') {
    const way = { label: forbidden.out, does: () => void signOut() }
    return { title: forbidden.title, text: forbidden.text(accountEmail()), again: way }
  }
  const said = kind === 'offline' ? offline : failed
  return { title: said.title, text: message || said.text, again: { label: words.again, does: again } }
}

type Said = { title: string; text: string; again: { label: string; does: () => void } | null }

function showTrouble({ title, text, again }: Said): void {
  const parts = [element('h2', { textContent: title, tabIndex: -1 }), element('p', { textContent: text })]
  const button = again && element('button', { type: 'button', className: 'button', textContent: again.label })
  if (button && again) button.onclick = again.does
  show([element('div', { className: 'trouble' }, button ? [...parts, element('p', {}, [button])] : parts)])
  lead()
  announce(`${title}. ${text}`)
}
