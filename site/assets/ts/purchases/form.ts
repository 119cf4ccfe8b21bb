import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'

/** What was typed, by the names of the fields. */
export type Typed = { email: string; password: string }

/** Why a form was not accepted: beside a field, or above its button, with ways out. */
export type Refusal = { field?: keyof Typed; text: string; ways?: { label: string; does: (() => void) | string }[] }

/** Makes a form send what was typed, unless something is wrong with it; `send` says why it was not accepted. */
export function handleForm(form: HTMLFormElement, send: (typed: Typed) => Promise<Refusal | null>): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>('.reveal')) button.onclick = () => reveal(button)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (form.ariaBusy === 'true') return
    clear(form)
    const refusal = findMistake(form) ?? (await whileBusy(form, () => send(typedInto(form))))
    if (refusal && form.isConnected) refuse(form, refusal)
  })
}

function typedInto(form: HTMLFormElement): Typed {
  const typed = new FormData(form)
  return { email: String(typed.get('email') ?? '').trim(), password: String(typed.get('password') ?? '') }
}

/** The first field that cannot be right. */
function findMistake(form: HTMLFormElement): Refusal | null {
  const field = [...form.querySelectorAll('input')].find(isWrong)
  if (!field) return null
  const { valueMissing } = field.validity
  if (field.name === 'email') {
    return { field: 'email', text: valueMissing ? words.field.emailMissing : words.field.emailBad }
  }
  return { field: 'password', text: valueMissing ? words.field.passwordMissing : words.field.passwordShort }
}

/** `validity.tooShort` says nothing about a password that a program filled in. */
function isWrong({ validity, minLength, value }: HTMLInputElement): boolean {
  return !validity.valid || value.length < minLength
}

function clear(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll('input')) input.removeAttribute('aria-invalid')
  for (const problem of form.querySelectorAll('.problem')) problem.textContent = ''
  form.querySelector('.form-problem')?.replaceChildren()
}

function refuse(form: HTMLFormElement, { field, text, ways = [] }: Refusal): void {
  const input = field && form.querySelector<HTMLInputElement>(`input[name=${field}]`)
  const whole: HTMLElement[] = input ? [] : [element('p', { textContent: text })]
  if (ways.length) whole.push(drawWays(ways))
  form.querySelector('.form-problem')?.replaceChildren(...whole)
  if (input) mark(input, text)
}

function mark(input: HTMLInputElement, text: string): void {
  const problem = document.getElementById(`${input.id}-problem`)
  if (problem) problem.textContent = text
  input.ariaInvalid = 'true'
  input.focus()
}

function drawWays(ways: NonNullable<Refusal['ways']>): HTMLElement {
  const drawn = ways.map(({ label, does }) =>
    typeof does === 'string'
      ? element('a', { href: does, textContent: label })
      : element('button', { type: 'button', className: 'plain', textContent: label, onclick: does }),
  )
  return element('p', { className: 'way-links' }, drawn)
}

/** Whoever presses twice sends once. */
async function whileBusy<Outcome>(form: HTMLFormElement, work: () => Promise<Outcome>): Promise<Outcome> {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]')
  const label = button?.textContent ?? ''
  form.ariaBusy = 'true'
  if (button) button.textContent = words.busy
  try {
    return await work()
  } finally {
    form.ariaBusy = 'false'
    if (button) button.textContent = label
  }
}

function reveal(button: HTMLButtonElement): void {
  const input = document.getElementById(button.getAttribute('aria-controls') ?? '') as HTMLInputElement
  const isShown = input.type === 'password'
  input.type = isShown ? 'text' : 'password'
  button.ariaPressed = String(isShown)
}
