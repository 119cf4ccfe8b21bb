import { adminWords } from '../../../_data/admin-words.ts'
import { element } from '../element.ts'

/**
 * What a dialog asks. `body` stands between the texts and the buttons; `check` says what is wrong with it, or null. The answer is read by
 * whoever made the body.
 */
export type Question = {
  title: string
  texts: string[]
  body?: HTMLElement
  button: string
  isDanger?: boolean
  check?: () => string | null
}

/** Asks before something is done. @returns whether it shall; Escape means no; a press beside it means nothing, since a slip is none */
export function askSure(question: Question): Promise<boolean> {
  const dialog = drawDialog(question)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((decide) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      decide(dialog.returnValue === 'yes')
    })
  })
}

function drawDialog({ title, texts, body, button, isDanger, check }: Question): HTMLDialogElement {
  const no = element('button', { type: 'button', className: 'button button-quiet', textContent: adminWords.cancel })
  const look = isDanger ? 'button button-danger' : 'button'
  const yes = element('button', { type: 'submit', className: `${look} yes`, textContent: button })
  const problem = element('p', { className: 'form-problem', role: 'alert' })
  const form = element('form', { method: 'dialog', noValidate: true }, [
    element('h2', { id: 'dialog-title', textContent: title }),
    ...texts.map((text) => element('p', { textContent: text })),
    ...(body ? [body] : []),
    problem,
    element('p', { className: 'dialog-ways' }, [yes, no]),
  ])
  const dialog = element('dialog', { className: 'dialog' }, [form])
  dialog.setAttribute('aria-labelledby', 'dialog-title')
  no.onclick = () => dialog.close('no')
  form.onsubmit = (event) => {
    event.preventDefault()
    const wrong = check?.() ?? null
    problem.textContent = wrong ?? ''
    if (wrong === null) dialog.close('yes')
  }
  return dialog
}
