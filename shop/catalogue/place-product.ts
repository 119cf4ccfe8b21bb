import { moveProduct } from '../../db/product-order.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import type { Place } from './stored-product.ts'

type Wish = { id: string; place: Place; actor: string }

/** Puts a product somewhere else in the shop's order; false when it, or the one that it goes next to, is not there. */
export async function placeProduct(app: App, wish: Wish): Promise<boolean> {
  const isDone = await moveProduct(app.db, wish)
  if (isDone) await app.later('wake_failed', wake(app))
  return isDone
}
