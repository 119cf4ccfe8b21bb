import { findOrders } from '../../db/order-list.ts'
import type { App } from '../app.ts'
import { readCursor, writeCursor } from '../purchases/page-cursor.ts'
import type { OrdersPage } from './listed-order.ts'
import { readOrderSearch } from './order-search.ts'
import type { OrderStatus } from './order-status.ts'

type OrdersWish = { search: string; status: OrderStatus | null; after: string | null; limit: number }

/** Lists orders, newest first, by an address or its beginning, an order's id, its checkout session or its payment. */
export async function listOrders(
  app: Pick<App, 'db'>,
  { search, status, after, limit }: OrdersWish,
): Promise<OrdersPage> {
  const place = after === null ? null : readCursor(after)
  // One more than asked for tells whether there is a next page.
  const asked = { search: readOrderSearch(search), status, after: place, limit: limit + 1 }
  const found = await findOrders(app.db, asked)
  const orders = found.slice(0, limit)
  const last = orders.at(-1)
  return { orders, next: found.length > limit && last ? writeCursor(last) : null }
}
