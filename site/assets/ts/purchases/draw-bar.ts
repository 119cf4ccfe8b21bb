import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { signOut } from './sign-out.ts'
import { announce, supportLink } from './stage.ts'
import type { Visit } from './visit.ts'

/** Draws whose orders these are, with the way out, and what is wrong with the mails to that address. */
export function drawBar({ email, via, banner }: Visit): HTMLElement[] {
  const who = element('p', { className: 'visit-who' }, [
    element('span', { textContent: `${words.list[via]} ` }),
    element('strong', { textContent: email }),
  ])
  const label = via === 'link' ? words.list.close : words.list.signOut
  const button = element('button', { type: 'button', className: 'plain', textContent: label })
  const note = element('p', { className: 'note' })
  button.onclick = () => void leave(note)
  const bar = element('div', { className: 'visit-bar' }, [who, button, note])
  return banner === null ? [bar] : [bar, drawBanner(words.banner[banner](email))]
}

async function leave(note: HTMLElement): Promise<void> {
  note.textContent = words.busy
  if (await signOut()) return
  note.textContent = words.list.notClosed
  announce(words.list.notClosed)
}

function drawBanner(text: string): HTMLElement {
  const link = element('a', { href: supportLink, textContent: words.banner.write })
  return element('section', { className: 'notice banner' }, [
    element('p', { textContent: text }),
    element('p', {}, [link]),
  ])
}
