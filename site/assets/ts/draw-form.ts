import { orderWords as words } from '../../_data/order-words.ts'
import { element } from './element.ts'
import type { FormView } from './order-view.ts'

const [HINT, PROBLEM] = ['field-hint', 'field-problem']

/** What lets a phone offer the right keyboard, the address it knows, and the code from the mail. */
const FIELDS = {
  email: { type: 'email', inputMode: 'email', autocomplete: 'email', enterKeyHint: 'send' },
  code: { type: 'text', inputMode: 'numeric', autocomplete: 'one-time-code', enterKeyHint: 'done' },
} as const

/** Draws a form of one field. The page checks what is typed, in its own words: a browser's bubbles are gone before they are read. */
export function drawForm({ field, label, value, submit, hint }: FormView): HTMLElement {
  const input = element('input', { ...FIELDS[field], id: field, name: field, value, required: true, spellcheck: false })
  input.setAttribute('aria-describedby', hint ? `${HINT} ${PROBLEM}` : PROBLEM)
  const problem = element('p', { id: PROBLEM, className: 'problem' })
  problem.setAttribute('role', 'alert')
  const name = element('label', { htmlFor: field, textContent: label })
  const button = element('button', { className: 'button', textContent: submit })
  const meant = hint ? [element('p', { id: HINT, className: 'order-hint', textContent: hint })] : []
  return element('form', { className: 'order-form', noValidate: true }, [name, ...meant, input, problem, button])
}

/** Says beside the field what is wrong with it, and leads the reader back there; an empty problem takes back what was said. */
export function complain(place: HTMLElement, problem: string): void {
  const [input, beside] = [place.querySelector('input'), place.querySelector('.problem')]
  if (!input || !beside) return
  beside.textContent = problem
  input.setAttribute('aria-invalid', String(problem !== ''))
  if (problem === '') return
  input.focus()
  input.select()
}

/** Shows on a button that its work is under way. It is not disabled, which would lose a reader's place. */
export async function whileBusy<Outcome>(button: HTMLButtonElement, work: Promise<Outcome>): Promise<Outcome> {
  const label = button.textContent
  button.textContent = words.form.busy
  const outcome = await work
  button.textContent = label
  return outcome
}
