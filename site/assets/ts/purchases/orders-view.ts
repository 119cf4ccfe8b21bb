import type { Purchase } from '../../../../shop/purchases/purchase-view.ts'
import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { drawBar } from './draw-bar.ts'
import { drawOwnData } from './draw-own-data.ts'
import { drawPurchase } from './draw-purchase.ts'
import { purchaseView } from './purchase-view.ts'
import { showMore } from './show-more.ts'
import { leadToHeading, showView } from './stage.ts'
import type { Visit } from './visit.ts'

const locale = document.documentElement.lang

/** Lists the orders that the page has loaded. `from` is the order whose receipt the reader comes back from. */
export function showOrders(visit: Visit, over: () => void, from: string | null = null): void {
  const place = showView('orders')
  const part = (name: string) => place.querySelector(name) as HTMLElement
  part('.visit').replaceChildren(...drawBar(visit))
  part('h2').textContent = visit.orders.length ? words.list.title : words.stop.empty.title
  const list = part('.purchase-list')
  const draw = (orders: Purchase[]) => orders.map((order) => drawPurchase(purchaseView(order, locale), over))
  list.append(...draw(visit.orders))
  if (visit.orders.length === 0) list.replaceWith(drawEmpty(visit.email))
  showMore(part('.more'), visit, { over, added: (orders) => list.append(...draw(orders)) })
  part('.own').replaceChildren(...drawOwnData(visit, over))
  if (from === null || !leadBack(from)) leadToHeading()
}

function drawEmpty(email: string): HTMLElement {
  const store = element('a', { className: 'button button-quiet', href: '/store/', textContent: words.way.store })
  return element('div', { className: 'no-purchases' }, [
    element('p', { className: 'lead', textContent: words.stop.empty.text(email) }),
    element('p', {}, [store]),
  ])
}

/** To the link that the reader left by. */
function leadBack(order: string): boolean {
  const link = document.querySelector<HTMLElement>(`a[href="#receipt-${order}"]`)
  link?.focus({ preventScroll: true })
  link?.scrollIntoView({ block: 'center' })
  return link !== null
}
