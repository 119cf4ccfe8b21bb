import type { Purchase, Purchases } from '../../../../shop/purchases/purchase-view.ts'
import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { announce } from './stage.ts'
import { askPurchases, type Visit } from './visit.ts'

type Leads = { over: () => void; added: (orders: Purchase[]) => void }

/** Offers the page of older orders, as long as there is one. */
export function showMore(place: HTMLElement, visit: Visit, leads: Leads): void {
  place.replaceChildren()
  if (visit.next === null) return
  const button = element('button', { type: 'button', className: 'button button-quiet', textContent: words.list.more })
  const note = element('span', { className: 'note' })
  button.onclick = () => void load({ button, note, place }, visit, leads)
  place.replaceChildren(button, note)
}

type Parts = { button: HTMLButtonElement; note: HTMLElement; place: HTMLElement }

async function load({ button, note, place }: Parts, visit: Visit, leads: Leads): Promise<void> {
  if (button.ariaBusy === 'true') return
  button.ariaBusy = 'true'
  button.textContent = words.busy
  const answer = await askPurchases(visit.next)
  if (answer.kind === 'page') return add(answer.page)
  if (answer.kind === 'nobody' || answer.kind === 'unconfirmed') return leads.over()
  button.ariaBusy = 'false'
  button.textContent = words.list.more
  note.textContent = words.list.moreFailed
  announce(words.list.moreFailed)

  function add({ orders, next }: Purchases): void {
    visit.orders.push(...orders)
    visit.next = next
    leads.added(orders)
    showMore(place, visit, leads)
    leadToFirst(orders)
  }
}

/** The reader goes on where the older orders begin. */
function leadToFirst(orders: Purchase[]): void {
  const count = new Intl.NumberFormat(document.documentElement.lang).format(orders.length)
  announce(words.list.loaded(words.list.orders(orders.length, count)))
  document.getElementById(`date-${orders[0]?.id}`)?.focus()
}
