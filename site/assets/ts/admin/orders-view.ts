import type { ListedOrder, OrdersPage } from '../../../../shop/orders/listed-order.ts'
import { adminOrderWords as words } from '../../../_data/admin-order-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawButton, drawField } from './fields.ts'
import { sayMoment, sayMoney } from './format.ts'
import { placeUrl, type View } from './view.ts'

type Wish = { search: string; status: string }

/** Lists orders, newest first, as they are looked for. */
export const showOrders: View = async (stage) => {
  const { wishes } = stage.place
  const wish = { search: wishes.get('search') ?? '', status: wishes.get('state') ?? '' }
  const page = await fetchPage(wish, null)
  const list = element('ul', { className: 'order-list', role: 'list' }, page.orders.map(drawOrder))
  const isAll = wish.search === '' && wish.status === ''
  const empty = element('p', { className: 'hint', textContent: isAll ? words.noneYet : words.none })
  stage.show([
    element('h2', { textContent: words.title, tabIndex: -1 }),
    drawSearch(wish),
    page.orders.length > 0 ? list : empty,
    drawMore(list, wish, page.next),
  ])
}

function fetchPage({ search, status }: Wish, after: string | null): Promise<OrdersPage> {
  return ask<OrdersPage>('/admin_orders', { search, ...(status ? { status } : {}), ...(after ? { after } : {}) })
}

function drawSearch({ search, status }: Wish): HTMLElement {
  const what = element('input', {
    id: 'search',
    type: 'search',
    value: search,
    autocomplete: 'off',
    spellcheck: false,
    maxLength: 320,
  })
  const states = Object.entries({ '': words.anyState, ...words.states })
  const options = states.map(([value, textContent]) =>
    element('option', { value, textContent, selected: value === status }),
  )
  const state = element('select', { id: 'state' }, options)
  const button = element('button', { className: 'button', textContent: words.find })
  const fields = [drawField(words.search, what, words.searchHint), drawField(words.state, state), button]
  const form = element('form', { className: 'search', role: 'search' }, fields)
  const go = () => {
    location.hash = placeUrl('orders', '', { search: what.value.trim(), state: state.value })
  }
  state.onchange = go
  form.onsubmit = (event) => {
    event.preventDefault()
    go()
  }
  return form
}

function drawOrder(order: ListedOrder): HTMLElement {
  const { id, status, email, currency, amount_total, paid_at, created_at, titles, items, livemode } = order
  const about = words.items(titles[0] ?? '', items - 1)
  const lines: [string, string][] = [
    ['order-who', email ?? words.nobody],
    ['order-amount', sayMoney(amount_total, currency)],
    ['order-what', about],
    ['order-when', sayMoment(paid_at ?? created_at)],
  ]
  const spans = lines.map(([className, textContent]) => element('span', { className, textContent }))
  const label = livemode ? words.states[status] : `${words.states[status]} · ${words.test}`
  spans.push(element('span', { className: `state state-${status}`, textContent: label ?? status }))
  return element('li', {}, [element('a', { href: placeUrl('order', id) }, spans)])
}

function drawMore(list: HTMLElement, wish: Wish, first: string | null): HTMLElement {
  const place = element('p', { className: 'more' })
  let next = first
  const showNext = async () => {
    const { length } = list.children
    const page = await fetchPage(wish, next)
    next = page.next
    list.append(...page.orders.map(drawOrder))
    list.children[length]?.querySelector('a')?.focus()
    if (!next) place.remove()
  }
  const button = drawButton(words.more, showNext, 'button button-quiet')
  if (next) place.append(button)
  return place
}
