import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { drawCover } from './draw-cover.ts'
import { drawFile } from './draw-file.ts'
import { mailLinks } from './mail-links.ts'
import type { ItemView, PurchaseView } from './purchase-view.ts'

/** Draws an order; `over` is called when it turns out that nobody is signed in any more. */
export function drawPurchase(order: PurchaseView, over: () => void): HTMLElement {
  const heading = element('h3', { textContent: order.date, tabIndex: -1, id: `date-${order.id}` })
  const items = element('ul', { className: 'purchase-items' }, order.items.map(drawItem(over)))
  items.setAttribute('role', 'list')
  const parts = [element('header', {}, [heading, drawFacts(order)]), items]
  if (order.state.text) parts.splice(1, 0, element('p', { className: 'purchase-why', textContent: order.state.text }))
  const drawn = element('article', { className: 'purchase' }, [...parts, drawFoot(order, over)])
  drawn.setAttribute('aria-labelledby', heading.id)
  const row = element('div', {}, [drawn])
  row.setAttribute('role', 'listitem')
  return row
}

function drawFacts({ state, total, refunded }: PurchaseView): HTMLElement {
  const facts = [element('span', { className: `state state-${state.tone}`, textContent: state.name })]
  if (total) facts.push(element('span', { className: 'price', textContent: total }))
  if (refunded) facts.push(element('span', { textContent: refunded }))
  return element('p', { className: 'purchase-facts' }, facts)
}

function drawItem(over: () => void) {
  return ({ title, slug, note, files }: ItemView): HTMLElement => {
    const { picture, href } = drawCover(slug)
    const name = href ? element('a', { href, textContent: title }) : element('span', { textContent: title })
    const head: HTMLElement[] = [element('p', { className: 'purchase-title' }, [name])]
    if (note) head.push(element('p', { className: 'fine', textContent: note }))
    const about: HTMLElement[] = [element('div', {}, head)]
    const list = element(
      'ul',
      { className: 'purchase-files' },
      files.map((file) => drawFile(file, over)),
    )
    list.setAttribute('role', 'list')
    if (files.length) about.push(list)
    return element('li', {}, [picture, element('div', { className: 'purchase-about' }, about)])
  }
}

function drawFoot(order: PurchaseView, over: () => void): HTMLElement {
  const number = element('p', { className: 'purchase-number', textContent: `${words.order.number} ${order.id}` })
  const receipt = element('a', {
    href: `#receipt-${order.id}`,
    textContent: words.order.receipt,
    ariaLabel: words.order.receiptOf(order.date),
  })
  const ways = [receipt, ...(order.hasFiles ? drawMailer(order, over) : [])]
  return element('footer', {}, [number, element('p', { className: 'purchase-ways' }, ways)])
}

function drawMailer({ id, date }: PurchaseView, over: () => void): HTMLElement[] {
  const button = element('button', {
    type: 'button',
    className: 'plain',
    textContent: words.order.mailLinks,
    ariaLabel: words.order.mailLinksOf(date),
  })
  button.onclick = () => void mailLinks(button, id, over)
  return [button, element('span', { className: 'note' })]
}
