import { Refused } from '../errors.ts'
import type { OrderStatus } from './order-status.ts'

/** What shall be paid back: all that is left, an amount in minor units, or items by their ids. */
export type RefundWish = 'rest' | { amount: number } | { itemIds: string[] }

/** An order as far as it matters for paying back; `reserved` is what has been asked for and has not come back from Stripe yet. */
export type RefundableOrder = {
  id: string
  stripe_session_id: string
  status: OrderStatus
  email: string | null
  currency: string
  amount_total: number
  amount_refunded: number
  reserved: number
  /** How often a refund was asked for; see orders.refunds_asked. */
  refunds_asked: number
  /** Whether a request is under way, and nobody knows how it ended. */
  is_asked: boolean
  items: { id: string; title: string; amount_total: number; refunded_at: string | null; is_asked: boolean }[]
}

/** How a refund stands: Stripe's own word for a made one, why it was refused, or that nobody knows yet. */
export type RefundAnswer =
  | { state: 'made'; refundId: string; status: string }
  | { state: 'refused'; reason: string }
  | { state: 'open' }

/** What to ask Stripe for. */
export type PlannedRefund = { amount: number; itemIds: string[] }

/** In which nothing was paid that could go back. */
const UNPAID: OrderStatus[] = ['pending', 'failed']

/** What can still be paid back, in minor units. */
export function refundableRest({ amount_total, amount_refunded, reserved }: RefundableOrder): number {
  return Math.max(amount_total - amount_refunded - reserved, 0)
}

/**
 * The amount and the items that a wish comes to.
 * @throws Refused with the state `unpaid`, `under_way`, `nothing_left`, `too_much`, `no_such_item` or `item_refunded`
 */
export function planRefund(order: RefundableOrder, wish: RefundWish): PlannedRefund {
  if (UNPAID.includes(order.status))
    throw new Refused('unpaid', 409, `Order ${order.id} is ${order.status}: nothing was paid.`)
  if (order.is_asked)
    throw new Refused('under_way', 409, 'A refund of this order is under way; how it ends is known within minutes.')
  const rest = refundableRest(order)
  if (rest === 0) throw new Refused('nothing_left', 409, `Nothing is left of order ${order.id} to pay back.`)
  const planned = wish === 'rest' ? { amount: rest, itemIds: openItems(order) } : planPart(order, wish)
  if (planned.amount <= rest) return planned
  throw new Refused('too_much', 409, 'That is more than what is left of this order.')
}

function planPart(order: RefundableOrder, wish: Exclude<RefundWish, 'rest'>): PlannedRefund {
  if ('amount' in wish) return { amount: wish.amount, itemIds: [] }
  const items = wish.itemIds.map((id) => order.items.find((item) => item.id === id) ?? noSuchItem(order, id))
  const gone = items.find((item) => item.refunded_at !== null || item.is_asked)
  if (gone) throw new Refused('item_refunded', 409, `“${gone.title}” has been paid back already.`)
  const amount = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (amount === 0) throw new Refused('nothing_left', 409, 'These items cost nothing.')
  return { amount, itemIds: items.map(({ id }) => id) }
}

function openItems({ items }: RefundableOrder): string[] {
  return items.filter(({ refunded_at, is_asked }) => refunded_at === null && !is_asked).map(({ id }) => id)
}

function noSuchItem(order: RefundableOrder, id: string): never {
  throw new Refused('no_such_item', 409, `Order ${order.id} has no item ${id}.`)
}
