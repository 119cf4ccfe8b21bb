import { gatherWork } from '../../shop/admin/gather-work.ts'
import { listSales } from '../../shop/admin/list-sales.ts'
import { PERIODS } from '../../shop/admin/period.ts'
import type { App } from '../../shop/app.ts'
import { gatherOrder } from '../../shop/orders/gather-order.ts'
import { listOrders } from '../../shop/orders/list-orders.ts'

/** What a screen of the seller's pages asks for, by the use case that its function calls. */
export type Screen = { name: string; load(app: App): Promise<unknown> }

type Wish = Partial<Parameters<typeof listOrders>[1]>

/** Every screen's data, and every way to look for an order. `middle` is an order from the middle of the list. */
export function adminScreens(middle: {
  id: string
  session: string
  payment: string
  email: string
  cursor: string
}): Screen[] {
  const orders = (name: string, wish: Wish): Screen => ({
    name: `Orders: ${name}`,
    load: (app) => listOrders(app, { search: '', status: null, after: null, limit: 50, ...wish }),
  })
  return [
    ...PERIODS.map((days) => ({ name: `Today: ${days} days`, load: (app: App) => listSales(app, days) })),
    orders('first page', {}),
    orders('page in the middle', { after: middle.cursor }),
    orders('paid', { status: 'paid' }),
    orders('to be looked at', { status: 'review' }),
    orders('failed, page in the middle', { status: 'failed', after: middle.cursor }),
    orders('by id', { search: middle.id }),
    orders('by session', { search: middle.session }),
    orders('by payment', { search: middle.payment }),
    orders('by address', { search: middle.email }),
    orders('by a beginning that all have', { search: 'buyer' }),
    orders('by a beginning that a few have', { search: middle.email.slice(0, 9) }),
    orders('by a beginning that none has', { search: 'nobody-is-called-so' }),
    orders('by address and state', { search: middle.email, status: 'refunded' }),
    { name: 'Order with its history', load: (app) => gatherOrder(app, middle.id) },
    { name: 'Work', load: (app) => gatherWork(app) },
  ]
}
