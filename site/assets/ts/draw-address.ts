import { orderWords } from '../../_data/order-words.ts'
import type { AddressView } from './address-view.ts'
import { drawForm } from './draw-form.ts'
import { element } from './element.ts'

const words = orderWords.address

/** Where the parts of an address lead: pressed, the offer opens the form, and `keep` closes it. */
export type AddressLeads = { offer: () => void; keep: () => void; write: string }

/** Draws where the receipt goes. */
export function drawAddress(view: AddressView, leads: AddressLeads): HTMLElement[] {
  const { email, said, offer, form, isForSeller } = view
  const label = element('span', { textContent: `${words.label} ` })
  const parts: HTMLElement[] = [element('h3', { tabIndex: -1 }, [label, element('strong', { textContent: email })])]
  if (said) parts.push(element('p', { textContent: said }))
  if (offer) parts.push(drawButton(offer, leads.offer))
  if (form) parts.push(drawForm(form), drawButton(words.form.keep, leads.keep))
  if (isForSeller) parts.push(element('a', { href: leads.write, textContent: orderWords.write }))
  return parts
}

function drawButton(label: string, press: () => void): HTMLElement {
  return element('button', { type: 'button', className: 'text-button', textContent: label, onclick: press })
}
