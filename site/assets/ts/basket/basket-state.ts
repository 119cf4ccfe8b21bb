import type { Money } from '../../../../shop/money.ts'
import type { Basket, BasketLine } from './basket.ts'

/** How the page stands with the shop; `until` on this device's clock, in ms. */
export type Standing =
  | { kind: 'ready' | 'asking' | 'leaving' | 'offline' | 'down' | 'refused' | 'unkept' }
  | { kind: 'busy'; until: number }

/** Everything that the page knows; `basket` is null where the browser keeps none. `prices` and `gone` are what the shop has answered. */
export type BasketState = {
  basket: Basket | null
  removed: { line: BasketLine; at: number }[]
  prices: Map<string, Money>
  gone: Set<string>
  standing: Standing
}

/** The same with another basket: what was said of lines that are no longer in it is forgotten. */
export function withBasket(state: BasketState, basket: Basket | null): BasketState {
  const slugs = new Set(basket?.lines.map(({ slug }) => slug))
  return {
    ...state,
    basket,
    removed: state.removed.filter(({ line }) => !slugs.has(line.slug)),
    prices: new Map([...state.prices].filter(([slug]) => slugs.has(slug))),
    gone: new Set([...state.gone].filter((slug) => slugs.has(slug))),
  }
}

/** The lines that can be paid, each at the price that the buyer is asked to agree to. */
export function payableLines({ basket, prices, gone }: Pick<BasketState, 'basket' | 'prices' | 'gone'>): BasketLine[] {
  const lines = (basket?.lines ?? []).filter(({ slug }) => !gone.has(slug))
  return lines.map((line) => {
    const now = prices.get(line.slug)
    return now ? { ...line, unit_amount: now.amount, currency: now.currency } : line
  })
}
