import { orderWords as words } from '../../_data/order-words.ts'
import { element } from './element.ts'
import type { OrderView, ViewAction } from './order-view.ts'
import { sayTime } from './say-time.ts'

/** Where an action leads, or what pressing its button does. */
export type Leads = Record<ViewAction, string | ((button: HTMLButtonElement) => void)>

/** Draws what a reader can do next: the first stands out, and what helps with a form stands back. */
export function drawActions({ actions }: OrderView, leads: Leads): HTMLElement {
  const drawn = actions.map(({ label, does, from }, index) => {
    const look = { className: lookOf(does, index), textContent: label }
    const lead = leads[does]
    if (typeof lead === 'string') return element('a', { ...look, href: lead })
    const button = element('button', { ...look, type: 'button' })
    button.addEventListener('click', () => lead(button))
    if (from !== undefined) countDown(button, label, from)
    return button
  })
  return element('p', { className: 'order-actions' }, drawn)
}

function lookOf(does: ViewAction, index: number): string {
  if (does === 'resend' || does === 'other') return 'text-button'
  return index ? 'button button-quiet' : 'button'
}

/** Keeps a button shut until its time has come, and says how long that is. */
function countDown(button: HTMLButtonElement, label: string, from: number): void {
  const seconds = Math.ceil((from - Date.now()) / 1000)
  button.disabled = seconds > 0
  button.textContent = seconds > 0 ? words.form.resendIn(sayTime(seconds, document.documentElement.lang)) : label
  if (seconds > 0) setTimeout(() => button.isConnected && countDown(button, label, from), 1000)
}
