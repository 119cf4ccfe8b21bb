import { element } from '../element.ts'
import { meetTrouble } from './meet-trouble.ts'

type Input = Partial<HTMLInputElement>

/** A field with its label above it. */
export function drawField(label: string, input: HTMLInputElement | HTMLSelectElement, hint = ''): HTMLElement {
  const parts: HTMLElement[] = [element('label', { htmlFor: input.id, textContent: label }), input]
  if (hint) {
    const id = `${input.id}-hint`
    input.setAttribute('aria-describedby', id)
    parts.push(element('p', { className: 'hint', id, textContent: hint }))
  }
  return element('div', { className: 'field' }, parts)
}

/** A radio button or a checkbox with its label behind it. */
export function drawChoice(label: string, input: Input): { line: HTMLElement; input: HTMLInputElement } {
  const made = element('input', input)
  const text = element('span', { textContent: label })
  return { line: element('label', { className: 'choice' }, [made, text]), input: made }
}

/** Makes a button that does one thing at a time: while it is at it, further presses do nothing. */
export function drawButton(
  label: string,
  does: () => Promise<void>,
  look = 'button button-quiet button-small',
): HTMLElement {
  const button = element('button', { type: 'button', className: look, textContent: label })
  button.onclick = async () => {
    if (button.ariaBusy === 'true') return
    button.ariaBusy = 'true'
    await does().catch(meetTrouble)
    button.ariaBusy = 'false'
  }
  return button
}
