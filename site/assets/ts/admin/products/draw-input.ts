import { element } from '../../element.ts'

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** A field with its label, a hint and a place for what is wrong with it. */
export function drawInput(label: string, control: Control, hint = ''): HTMLElement {
  const problem = element('p', { className: 'problem', id: `${control.id}-problem` })
  const parts: HTMLElement[] = [element('label', { htmlFor: control.id, textContent: label }), control]
  if (hint) parts.push(element('p', { className: 'hint', id: `${control.id}-hint`, textContent: hint }))
  control.setAttribute('aria-describedby', `${hint ? `${control.id}-hint ` : ''}${problem.id}`)
  return element('div', { className: 'field' }, [...parts, problem])
}

/** Says beside a field what is wrong with it; without a fault it takes that away again. */
export function markInput(control: Control, fault: string | undefined): void {
  const problem = document.getElementById(`${control.id}-problem`)
  if (problem) problem.textContent = fault ?? ''
  if (fault) control.setAttribute('aria-invalid', 'true')
  else control.removeAttribute('aria-invalid')
}
