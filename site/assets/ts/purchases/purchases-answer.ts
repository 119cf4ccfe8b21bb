import type { ShopAnswer } from '../ask-shop.ts'
import { isObject } from '../is-object.ts'
import { secondsToWait } from '../seconds-to-wait.ts'

/** A version of a file as POST /get_purchases lists it. */
export type PurchasedVersion = {
  file_id: string
  version: number
  filename: string
  size_bytes: number
  sha256: string
  changelog: string | null
}
export type PurchasedFile = PurchasedVersion & {
  order_item_id: string
  slug: string
  title: string
  earlier: PurchasedVersion[]
}
export type PurchasedItem = {
  id: string
  title: string
  slug: string | null
  quantity: number
  amount_total: number
  refunded_at: string | null
  revoked_at: string | null
}
export type Refund = { amount: number; status: string; refunded_at: string | null }

/** An order; amounts in minor units of `currency`, times in ISO 8601. */
export type Purchase = {
  id: string
  status: string
  paid_at: string | null
  total: number
  currency: string
  tax: number
  discount: number
  refunded: number
  items: PurchasedItem[]
  refunds: Refund[]
  downloads: PurchasedFile[]
}

/** A page of orders, newest first; `next` asks for the one after it. */
export type PurchasesPage = {
  email: string
  via: 'account' | 'link'
  orders: Purchase[]
  next: string | null
  banner: 'bounced' | 'complained' | null
}

/** What the shop says about somebody's orders, or why it does not. */
export type PurchasesAnswer =
  | { kind: 'page'; page: PurchasesPage }
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

function isPage(body: unknown): body is PurchasesPage {
  return isObject(body) && typeof body.email === 'string' && Array.isArray(body.orders)
}
