import { formatMoney, type Money } from '../../../../shop/money.ts'
import { basketWords as words } from '../../../_data/basket-words.ts'
import type { BasketLine } from './basket.ts'
import type { BasketState } from './basket-state.ts'

/** A line as the page shows it; `was` is the price of one that no longer holds, `now` the one that does, `note` why it cannot be bought. */
export type LineView = {
  slug: string
  title: string
  thumb: string
  quantity: number
  each: string
  was: string
  now: string
  sum: string
  note: string
  isRemoved: boolean
}

/** Says each line in the shop's words. What was removed keeps its place, so that whoever did not mean to finds the way back there. */
export function lineViews(state: BasketState, locale: string): LineView[] {
  const lines = state.basket?.lines ?? []
  const views = lines.map((line) => lineView(line, state, locale))
  const blank = { quantity: 1, each: '', was: '', now: '', sum: '', note: '', isRemoved: true }
  for (const { line, at } of state.removed) {
    const { slug, title, thumb } = line
    if (!lines.some((other) => other.slug === slug)) views.splice(at, 0, { slug, title, thumb, ...blank })
  }
  return views
}

function lineView(line: BasketLine, { prices, gone }: BasketState, locale: string): LineView {
  const { slug, title, thumb, quantity } = line
  const then = { amount: line.unit_amount, currency: line.currency }
  const now = prices.get(slug) ?? then
  const unit = sayPrice(now, locale)
  const isGone = gone.has(slug)
  return {
    ...{ slug, title, thumb, quantity },
    each: quantity > 1 && !isGone ? words.each(unit) : '',
    was: prices.has(slug) ? sayPrice(then, locale) : '',
    now: prices.has(slug) ? unit : '',
    sum: isGone ? '' : sayPrice({ ...now, amount: now.amount * quantity }, locale),
    note: isGone ? words.gone : '',
    isRemoved: false,
  }
}

function sayPrice(money: Money, locale: string): string {
  return money.amount === 0 ? words.free : formatMoney(money, locale)
}
