import { daysOf, type Period } from './period.ts'

/** What is summed up by day; amounts in minor units of the currency that `subject` names. */
export type Measure = 'sale' | 'refund' | 'lost_dispute' | 'checkout' | 'click' | 'product_click'
export type DayFigure = { day: string; measure: Measure; subject: string; amount: number; count: number }

/** Money of one currency, in its minor units. What disputes took for good is not refunded, but gone all the same. */
export type CurrencyTotal = {
  currency: string
  sales: number
  orders: number
  refunds: number
  refundCount: number
  lost: number
  net: number
}

/** What happened on a day: `paid` counts orders of every currency, `checkouts` the payments that were begun. */
export type DayReport = { day: string; paid: number; checkouts: number; clicks: number; money: CurrencyTotal[] }

/** Days, and what they add up to. */
export type Report = { period: Period; total: Omit<DayReport, 'day'>; days: DayReport[] }

/** Puts the figures of a period together, every day of it in order, also those on which nothing happened. */
export function reportOf(figures: DayFigure[], period: Period): Report {
  const byDay = groupBy(figures, ({ day }) => day)
  const days = daysOf(period).map((day) => ({ day, ...sumUp(byDay.get(day) ?? []) }))
  return { period, total: sumUp(figures), days }
}

/** Days put together, such as those of a week. */
export function joinDays(days: DayReport[]): Omit<DayReport, 'day'> {
  const add = (of: (day: DayReport) => number) => days.reduce((sum, day) => sum + of(day), 0)
  return {
    paid: add(({ paid }) => paid),
    checkouts: add(({ checkouts }) => checkouts),
    clicks: add(({ clicks }) => clicks),
    money: joinMoney(days.flatMap(({ money }) => money)),
  }
}

function sumUp(figures: DayFigure[]): Omit<DayReport, 'day'> {
  const count = (measure: Measure) => figures.reduce((sum, one) => sum + (one.measure === measure ? one.count : 0), 0)
  return {
    paid: count('sale'),
    checkouts: count('checkout'),
    clicks: count('click'),
    money: joinMoney(figures.flatMap(moneyOf)),
  }
}

function moneyOf({ measure, subject, amount, count }: DayFigure): CurrencyTotal[] {
  const nothing = { currency: subject, sales: 0, orders: 0, refunds: 0, refundCount: 0, lost: 0 }
  if (measure === 'sale') return [{ ...nothing, sales: amount, orders: count, net: amount }]
  if (measure === 'refund') return [{ ...nothing, refunds: amount, refundCount: count, net: -amount }]
  return measure === 'lost_dispute' ? [{ ...nothing, lost: amount, net: -amount }] : []
}

function joinMoney(parts: CurrencyTotal[]): CurrencyTotal[] {
  const byCurrency = [...groupBy(parts, ({ currency }) => currency)]
  return byCurrency
    .map(([currency, some]) => {
      const add = (of: (part: CurrencyTotal) => number) => some.reduce((sum, part) => sum + of(part), 0)
      return {
        currency,
        sales: add(({ sales }) => sales),
        orders: add(({ orders }) => orders),
        refunds: add(({ refunds }) => refunds),
        refundCount: add(({ refundCount }) => refundCount),
        lost: add(({ lost }) => lost),
        net: add(({ net }) => net),
      }
    })
    .sort((a, b) => b.orders - a.orders || a.currency.localeCompare(b.currency))
}

/** Map.groupBy, for browsers of before 2024. */
function groupBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
