import type { CurrencyTotal, Report } from '../../../../shop/admin/figures.ts'
import { adminTodayWords as words } from '../../../_data/admin-today-words.ts'
import { element } from '../element.ts'
import { sayCount, sayMoney } from './format.ts'

/** Draws what some days add up to: each currency by itself, since nobody can add them. */
export function drawTotals(title: string, { paid, checkouts, clicks, money }: Report['total']): HTMLElement {
  const counts = drawFacts([
    [words.orders, sayCount(paid)],
    [words.begun, sayCount(checkouts)],
    [words.clicks, sayCount(clicks)],
  ])
  const sums = money.length ? money.map(drawMoney) : [element('p', { className: 'hint', textContent: words.none })]
  const heading = element('h3', { textContent: title })
  return element('section', { className: 'totals' }, [heading, ...sums, counts])
}

function drawMoney({ currency, sales, refunds, lost, net }: CurrencyTotal): HTMLElement {
  const gone: [string, string][] = lost === 0 ? [] : [[words.lost, sayMoney(0 - lost, currency)]]
  return drawFacts([
    [words.sales, sayMoney(sales, currency)],
    [words.refunds, sayMoney(0 - refunds, currency)],
    ...gone,
    [words.net, sayMoney(net, currency)],
  ])
}

function drawFacts(facts: [string, string][]): HTMLElement {
  const pairs = facts.map(([name, value]) =>
    element('div', {}, [element('dt', { textContent: name }), element('dd', { textContent: value })]),
  )
  return element('dl', { className: 'facts' }, pairs)
}
