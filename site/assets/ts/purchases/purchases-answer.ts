import type { Purchases } from '../../../../shop/purchases/purchase-view.ts'
import type { ShopAnswer } from '../ask-shop.ts'
import { isObject } from '../is-object.ts'
import { secondsToWait } from '../seconds-to-wait.ts'

/** What the shop says about somebody's orders, or why it does not. */
export type PurchasesAnswer =
  | { kind: 'page'; page: Purchases }
  | { kind: 'nobody' }
  | { kind: 'unconfirmed' }
  | { kind: 'busy'; retrySeconds: number }
  | { kind: 'offline' }

/** Reads an answer of POST /get_purchases; whatever it does not know is an outage, never "no orders". */
export function readPurchases(answer: ShopAnswer | null): PurchasesAnswer {
  if (answer === null) return { kind: 'offline' }
  const { status, body } = answer
  if (status === 200 && isPage(body)) return { kind: 'page', page: body }
  if (status === 401) return { kind: 'nobody' }
  if (status === 403 && isObject(body) && body.state === 'unconfirmed') return { kind: 'unconfirmed' }
  return { kind: 'busy', retrySeconds: secondsToWait(answer.retryAfter) }
}

function isPage(body: unknown): body is Purchases {
  return isObject(body) && typeof body.email === 'string' && Array.isArray(body.orders)
}
