import type { PageEnd } from '../purchases/page-cursor.ts'
import type { OrderStatus } from './order-status.ts'

/** An order in a list; amounts in minor units, times as JSON has them. */
export type ListedOrder = PageEnd & {
  status: OrderStatus
  email: string | null
  currency: string
  amount_total: number
  amount_refunded: number
  paid_at: string | null
  livemode: boolean
  /** Of the first three items, and how many there are. */
  titles: string[]
  items: number
}

/** A page of orders; `next` is where the one after it begins, null at the end. */
export type OrdersPage = { orders: ListedOrder[]; next: string | null }
