import { showOrder } from './order-view.ts'
import { showOrders } from './orders-view.ts'
import { showProduct } from './product-view.ts'
import { showProducts } from './products-view.ts'
import { showToday } from './today-view.ts'
import type { View } from './view.ts'
import { showWork } from './work-view.ts'

/** Every view by the name in its address. */
export const VIEWS: Record<string, View> = {
  today: showToday,
  orders: showOrders,
  order: showOrder,
  products: showProducts,
  product: showProduct,
  work: showWork,
}
