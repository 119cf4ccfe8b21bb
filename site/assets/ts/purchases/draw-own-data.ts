import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { askPortal } from './ask-portal.ts'
import { announce } from './stage.ts'
import type { Visit } from './visit.ts'

/** Draws what people may do with what is kept about them. */
export function drawOwnData({ via }: Visit, over: () => void): HTMLElement[] {
  const button = element('button', {
    type: 'button',
    className: 'button button-quiet button-small',
    textContent: words.own.download,
  })
  const note = element('p', { className: 'note' })
  button.onclick = () => void download(button, note, over)
  const ways: HTMLElement[] = [button]
  if (via === 'account') ways.push(element('a', { href: '#delete-account', textContent: words.own.delete }))
  return [
    element('h2', { textContent: words.own.title }),
    element('p', { textContent: words.own.text }),
    element('p', { className: 'own-ways' }, ways),
    note,
  ]
}

async function download(button: HTMLButtonElement, note: HTMLElement, over: () => void): Promise<void> {
  if (button.ariaBusy === 'true') return
  button.ariaBusy = 'true'
  note.textContent = words.busy
  const answer = await askPortal('/get_my_data', {})
  button.ariaBusy = 'false'
  if (answer?.status === 401) return over()
  const isThere = answer?.status === 200 && answer.body !== null
  if (isThere) save(answer.body)
  note.textContent = isThere ? words.own.downloaded : words.own.failed
  announce(note.textContent)
}

function save(data: unknown): void {
  const blob = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
  const href = URL.createObjectURL(blob)
  element('a', { href, download: words.own.file }).click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
