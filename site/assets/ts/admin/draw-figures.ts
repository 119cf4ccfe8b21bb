import { type CurrencyTotal, type DayReport, joinDays, type Report } from '../../../../shop/admin/figures.ts'
import { minorDigits } from '../../../../shop/money.ts'
import { adminTodayWords as words } from '../../../_data/admin-today-words.ts'
import { element } from '../element.ts'
import { type Chart, drawChart, type Series } from './draw-chart.ts'
import { drawTable, type Table } from './draw-table.ts'
import { sayCount, sayDay, sayMoney } from './format.ts'
import { locale } from './page.ts'

/** More columns than this are weeks. */
const MOST_DAYS = 92

type Column = Omit<DayReport, 'day'> & { day: string }

/** Draws a chart with its table for each currency, for payments begun and paid, and for clicks. */
export function drawFigures(report: Report): HTMLElement[] {
  const isWeekly = report.days.length > MOST_DAYS
  const columns = isWeekly ? weeksOf(report.days) : report.days
  const first = isWeekly ? words.weekColumn : words.day
  const money = report.total.money.map((total) => drawMoney(columns, total, first))
  return [...money, drawCheckouts(columns, report, first), drawClicks(columns, report, first)]
}

/** From the end, so that the last week is a whole one. */
function weeksOf(days: DayReport[]): Column[] {
  const weeks: Column[] = []
  for (let end = days.length; end > 0; end -= 7) {
    const week = days.slice(Math.max(end - 7, 0), end)
    weeks.unshift({ day: week[0]?.day ?? '', ...joinDays(week) })
  }
  return weeks
}

function drawMoney(columns: Column[], total: CurrencyTotal, first: string): HTMLElement {
  const { currency } = total
  const said = (amount: number) => sayMoney(amount, currency)
  const of = (column: Column) => column.money.find((one) => one.currency === currency)
  const values = (read: (one: CurrencyTotal) => number) =>
    columns.map((column) => read(of(column) ?? nothing(currency)))
  const gone = values(({ refunds, lost }) => refunds + lost)
  const series: Series[] = [
    { name: words.sales, look: 'solid', side: 'up', values: values(({ sales }) => sales) },
    { name: words.refunds, look: 'hatched', side: 'down', values: gone },
  ]
  const rows = columns.map((column, i) => {
    const one = of(column) ?? nothing(currency)
    return [sayDay(column.day), sayCount(one.orders), said(one.sales), said(0 - (gone[i] ?? 0)), said(one.net)]
  })
  const names = [words.orders, words.sales, words.refunds, words.net]
  const title = words.money.title(currency.toUpperCase())
  const sum = words.money.sum(said(total.sales), said(total.refunds + total.lost), said(total.net))
  return drawPart(
    { title, sum, columns: shortDays(columns), series, say: compactMoney(currency), tell: said },
    tableOf(title, first, names, rows),
  )
}

function drawCheckouts(columns: Column[], { total }: Report, first: string): HTMLElement {
  const series: Series[] = [
    { name: words.begun, look: 'outline', side: 'up', values: columns.map(({ checkouts }) => checkouts) },
    { name: words.paid, look: 'solid', side: 'up', values: columns.map(({ paid }) => paid) },
  ]
  const rows = columns.map(({ day, checkouts, paid }) => [sayDay(day), sayCount(checkouts), sayCount(paid)])
  const { title, note } = words.checkouts
  const sum = words.checkouts.sum(sayCount(total.checkouts), sayCount(total.paid))
  const chart = { title, sum, columns: shortDays(columns), series, say: compactCount, tell: sayCount }
  return drawPart(chart, tableOf(title, first, [words.begun, words.paid], rows), note)
}

function drawClicks(columns: Column[], { total }: Report, first: string): HTMLElement {
  const { title, note } = words.affiliate
  const values = columns.map(({ clicks }) => clicks)
  const rows = columns.map(({ day, clicks }) => [sayDay(day), sayCount(clicks)])
  const sum = words.affiliate.sum(sayCount(total.clicks))
  const series: Series[] = [{ name: words.clicks, look: 'solid', side: 'up', values }]
  const chart = { title, sum, columns: shortDays(columns), series, say: compactCount, tell: sayCount }
  return drawPart(chart, tableOf(title, first, [words.clicks], rows), note)
}

/** The chart and its table; the newest day comes first in the table. */
function drawPart(chart: Chart, table: Table, note?: string): HTMLElement {
  const beside = element('div', { className: 'figures' }, [drawChart(chart), drawTable(table)])
  const parts = [element('h3', { textContent: chart.title }), beside]
  if (note) parts.push(element('p', { className: 'hint', textContent: note }))
  return element('section', { className: 'figures-part' }, parts)
}

function tableOf(title: string, first: string, names: string[], rows: string[][]): Table {
  const columns = [{ name: first }, ...names.map((name) => ({ name, isNumber: true }))]
  return { caption: words.numbers(title), columns, rows: rows.reverse() }
}

function nothing(currency: string): CurrencyTotal {
  return { currency, sales: 0, orders: 0, refunds: 0, refundCount: 0, lost: 0, net: 0 }
}

function shortDays(columns: Column[]): string[] {
  return columns.map(({ day }) => sayDay(day, { month: 'short', day: 'numeric' }))
}

function compactCount(count: number): string {
  return new Intl.NumberFormat(locale, { notation: 'compact' }).format(count)
}

function compactMoney(currency: string): (amount: number) => string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, notation: 'compact' })
  return (amount) => format.format(amount / 10 ** minorDigits(currency))
}
