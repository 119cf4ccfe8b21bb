import type { ListedProduct } from '../../../../../shop/catalogue/catalogue-answers.ts'
import { adminProductWords as words } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { sayMoment, sayMoney } from '../format.ts'
import { placeUrl } from '../view.ts'

/** A product in the seller's list; one that can be moved has a handle. */
export function drawListedProduct(product: ListedProduct, isMovable: boolean): HTMLElement {
  const { id, title, status, updated_at } = product
  const spans = [
    ['listed-title', title],
    ['listed-price', priceOf(product)],
    ['listed-files', filesOf(product)],
    ['listed-when', sayMoment(updated_at)],
  ].map(([className = '', textContent = '']) => element('span', { className, textContent }))
  spans.push(element('span', { className: `state state-${status}`, textContent: words.states[status] ?? status }))
  const link = element('a', { href: placeUrl('product', id) }, spans)
  const item = element('li', {}, [...(isMovable ? [drawHandle(title)] : []), link])
  item.dataset.id = id
  item.dataset.title = title
  return item
}

function drawHandle(title: string): HTMLElement {
  const handle = element('button', { type: 'button', className: 'handle', ariaLabel: words.order.handle(title) })
  handle.setAttribute('aria-describedby', 'order-hint')
  return handle
}

function priceOf({ unit_amount, currency }: ListedProduct): string {
  return unit_amount === null || currency === null ? words.elsewhere : sayMoney(unit_amount, currency)
}

function filesOf({ type, files }: ListedProduct): string {
  if (type === 'affiliate') return ''
  return files === 0 ? words.noFile : words.files(files)
}
