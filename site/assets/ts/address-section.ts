import { orderWords } from '../../_data/order-words.ts'
import { type AddressStanding, addressView, type Correction } from './address-view.ts'
import { correctAddress } from './correct-address.ts'
import { drawAddress } from './draw-address.ts'
import { complain, whileBusy } from './draw-form.ts'
import { element } from './element.ts'
import { type Answered, onThisDevice } from './link-lifetime.ts'
import type { OrderAnswer } from './order-answer.ts'
import { announce, locale, place, support } from './order-stage.ts'

/** What the section asks of the page around it: the session whose address it is, and to look again once that is another. */
type Host = { session(): string | null; renew(): void }

// An alert that is filled while it stands on the page is read aloud.
const warning = element('div', { role: 'alert' })
const body = element('div', { className: 'address' })
const section = element('section', {}, [warning, body])
const leads = { offer: () => turn('typing'), keep: () => turn('none'), write: support }

let host: Host
/** `until` when the address may be corrected, on this device's clock. */
let known: Pick<AddressStanding, 'email' | 'notice'> & { until: number } = { email: '', notice: undefined, until: 0 }
let correction: Correction = { kind: 'none' }
let drawn = ''
let ending: ReturnType<typeof setTimeout> | undefined
let isAsking = false

/** Sets the section up for its page. */
export function startAddress(page: Host): void {
  host = page
  section.addEventListener('submit', (event) => {
    event.preventDefault()
    // The page has a form of its own, for whoever must prove to be the buyer.
    event.stopPropagation()
    void correct()
  })
}

/** Whether this browser may correct the address now. */
export function canCorrect(): boolean {
  return Date.now() < known.until
}

/** Shows the address that an answer names, under the sentence that says how the order stands. */
export function showAddress({ order, notice }: OrderAnswer & { kind: 'paid' }, answered: Answered): void {
  const until = order.correctable_until ? onThisDevice(order.correctable_until, answered) : 0
  known = { email: order.email ?? '', notice, until }
  clearTimeout(ending)
  if (canCorrect()) ending = setTimeout(draw, until - Date.now())
  draw()
  if (!known.email) section.remove()
  else if (!section.isConnected) place.querySelector('.lead')?.after(section)
}

/** A form in which somebody types is left alone while nothing but the warning changes. */
function draw(): void {
  const view = addressView({ ...known, canCorrect: canCorrect(), correction })
  if (warning.textContent !== view.warning) drawWarning(view.warning)
  const said = JSON.stringify({ ...view, warning: '' })
  if (said !== drawn) body.replaceChildren(...drawAddress(view, leads))
  drawn = said
}

function drawWarning(said: string): void {
  warning.replaceChildren(...(said ? [element('p', { className: 'address-warning', textContent: said })] : []))
}

/** Opens the form or closes it, and leads the reader along. */
function turn(kind: 'typing' | 'none'): void {
  correction = { kind }
  draw()
  const next = body.querySelector<HTMLElement>('input, button') ?? body.querySelector('h3')
  next?.focus()
}

async function correct(): Promise<void> {
  const [input, button, session] = [body.querySelector('input'), body.querySelector('button'), host.session()]
  if (isAsking || !input || !button || !session) return
  isAsking = true
  complain(body, '')
  const wish = { typed: input.value, current: known.email, session_id: session, locale }
  const outcome = await whileBusy(button, correctAddress(wish))
  isAsking = false
  if ('problem' in outcome) complain(body, outcome.problem)
  else if ('over' in outcome) settle({ kind: 'over', why: outcome.over }, outcome.over)
  else {
    known = { email: outcome.email, notice: undefined, until: 0 }
    settle({ kind: 'corrected' }, orderWords.address.corrected)
  }
}

function settle(next: Correction, said: string): void {
  correction = next
  draw()
  body.querySelector('h3')?.focus()
  announce(said)
  host.renew()
}
