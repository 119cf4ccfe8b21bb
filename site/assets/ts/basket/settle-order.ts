import { isObject } from '../is-object.ts'
import type { Basket } from './basket.ts'
import { changeBasket, recallBasket } from './kept-basket.ts'

const MOST_REMEMBERED = 20

/** Takes what an order has bought out of the basket, once: the same product put in again afterwards stays. */
export function settleOrder(order: { id: string; items?: unknown }): void {
  const basket = recallBasket()
  if (!basket?.lines.length || basket.settled.includes(order.id)) return
  changeBasket((now) => withoutBought(now, order))
}

/** The basket after an order, whose items are the shop's answer. */
export function withoutBought(basket: Basket, { id, items }: { id: string; items?: unknown }): Basket {
  const bought = Array.isArray(items) ? items.filter(isObject) : []
  const lines = basket.lines.flatMap((line) => {
    const same = bought.filter(({ slug }) => slug === line.slug)
    const quantity = line.quantity - same.reduce((sum, item) => sum + (Number(item.quantity) || 0), 0)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
  return { lines, begun: 0, settled: [id, ...basket.settled].slice(0, MOST_REMEMBERED) }
}
