import { formatMoney } from '../../../../shop/money.ts'
import type { Purchase } from '../../../../shop/purchases/purchase-view.ts'
import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { sayDate } from './purchase-view.ts'
import { receiptRows } from './receipt-rows.ts'
import { leadToHeading, showView } from './stage.ts'

const locale = document.documentElement.lang

/** Shows an order as a receipt to print. */
export function showReceipt(order: Purchase, email: string): void {
  const place = showView('receipt')
  const part = (name: string) => place.querySelector(name) as HTMLElement
  part('h2').textContent = words.receipt.title
  part('.receipt-buyer').textContent = email
  part('.receipt-facts').replaceChildren(
    drawFact(words.receipt.number, order.id),
    drawFact(words.receipt.date, sayDate(order.paid_at, locale)),
  )
  part('.receipt-table').replaceChildren(...drawTable(order))
  part('.receipt-ways button').onclick = () => print()
  leadToHeading()
}

function drawFact(term: string, value: string): HTMLElement {
  return element('div', {}, [element('dt', { textContent: term }), element('dd', { textContent: value })])
}

function drawTable(order: Purchase): HTMLElement[] {
  const { item, quantity, amount } = words.receipt
  const head = [item, quantity, amount].map((textContent) => element('th', { textContent, scope: 'col' }))
  const items = order.items.map(({ title, quantity, amount_total }) => {
    const money = formatMoney({ amount: amount_total, currency: order.currency }, locale)
    const cells = [new Intl.NumberFormat(locale).format(quantity), money]
    return drawRow(title, cells)
  })
  const sums = receiptRows(order, locale).map(({ label, amount, isTotal }) => {
    const row = drawRow(label, [amount])
    row.cells[0]?.setAttribute('colspan', '2')
    if (isTotal) row.className = 'receipt-total'
    return row
  })
  return [element('thead', {}, [element('tr', {}, head)]), element('tbody', {}, items), element('tfoot', {}, sums)]
}

function drawRow(name: string, cells: string[]): HTMLTableRowElement {
  const heading = element('th', { textContent: name, scope: 'row' })
  return element('tr', {}, [heading, ...cells.map((textContent) => element('td', { textContent }))])
}
