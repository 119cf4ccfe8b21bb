import { recallBasket, whenChanged } from './basket/kept-basket.ts'
import { settleOrder } from './basket/settle-order.ts'
import { showCount } from './basket/show-count.ts'
import { ORDER_PAID } from './order-paid.ts'

/** What the page of an order does with the basket: shows how full it is, and takes out of it what was bought. */
addEventListener(ORDER_PAID, (event) => settleOrder(Reflect.get(event, 'detail')))
whenChanged(() => showCount(recallBasket()))
