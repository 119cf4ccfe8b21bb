import type { CataloguePage } from '../../../../shop/catalogue/catalogue-answers.ts'
import { adminProductWords as words } from '../../../_data/admin-product-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawButton, drawField } from './fields.ts'
import { drawListedProduct } from './products/draw-listed.ts'
import { makeSortable } from './products/sort-list.ts'
import { placeUrl, type View } from './view.ts'

type Wish = { search: string; state: string }

/** Lists products in the shop's order, as they are looked for; the whole list can be put in another order. */
export const showProducts: View = async (stage) => {
  const { wishes } = stage.place
  const wish = { search: wishes.get('search') ?? '', state: wishes.get('state') ?? '' }
  const page = await fetchPage(wish, null)
  const isAll = wish.search === '' && wish.state === ''
  const list = element(
    'ul',
    { className: 'product-list', role: 'list' },
    page.products.map((one) => drawListedProduct(one, isAll)),
  )
  if (isAll) makeSortable(list)
  const add = element('a', { className: 'button', href: placeUrl('product', 'new'), textContent: words.add })
  const hint = element('p', { className: 'hint', id: 'order-hint', textContent: words.order.hint })
  const empty = element('p', { className: 'hint', textContent: isAll ? words.noneYet : words.none })
  stage.show([
    element('h2', { textContent: words.title, tabIndex: -1 }),
    drawSearch(wish),
    element('p', {}, [add]),
    ...(isAll && page.products.length > 1 ? [hint] : []),
    page.products.length > 0 ? list : empty,
    drawMore(list, wish, page.next),
  ])
}

function fetchPage({ search, state }: Wish, after: CataloguePage['next']): Promise<CataloguePage> {
  return ask<CataloguePage>('/admin_products', { search, ...(state ? { state } : {}), ...(after ? { after } : {}) })
}

function drawSearch({ search, state }: Wish): HTMLElement {
  const look = { autocomplete: 'off', spellcheck: false, maxLength: 200 } as const
  const what = element('input', { id: 'search', type: 'search', value: search, ...look })
  const options = Object.entries({ '': words.anyState, ...words.states }).map(([value, textContent]) =>
    element('option', { value, textContent, selected: value === state }),
  )
  const select = element('select', { id: 'state' }, options)
  const button = element('button', { className: 'button', textContent: words.find })
  const fields = [drawField(words.search, what, words.searchHint), drawField(words.state, select), button]
  const form = element('form', { className: 'search', role: 'search' }, fields)
  const go = () => {
    location.hash = placeUrl('products', '', { search: what.value.trim(), state: select.value })
  }
  select.onchange = go
  form.onsubmit = (event) => {
    event.preventDefault()
    go()
  }
  return form
}

function drawMore(list: HTMLElement, wish: Wish, first: CataloguePage['next']): HTMLElement {
  const place = element('p', { className: 'more' })
  let next = first
  const isAll = wish.search === '' && wish.state === ''
  const showNext = async () => {
    const { length } = list.children
    const page = await fetchPage(wish, next)
    next = page.next
    list.append(...page.products.map((one) => drawListedProduct(one, isAll)))
    list.children[length]?.querySelector('a')?.focus()
    if (!next) place.remove()
  }
  if (next) place.append(drawButton(words.more, showNext, 'button button-quiet'))
  return place
}
