import type { AddressFlag } from '../mail/mail-event.ts'
import type { OrderStatus } from '../orders/order-status.ts'

/** A version of a file that may be fetched; its link is made when it is clicked. Sizes in bytes. */
export type PurchasedVersion = {
  file_id: string
  version: number
  filename: string
  size_bytes: number
  sha256: string
  changelog: string
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

/** An order on /purchases; amounts in minor units of `currency`, times in ISO 8601. */
export type Purchase = {
  id: string
  status: OrderStatus
  paid_at: string | null
  currency: string
  total: number
  tax: number
  discount: number
  refunded: number
  items: PurchasedItem[]
  refunds: { amount: number; status: string; refunded_at: string }[]
  downloads: PurchasedFile[]
}

/** A page of orders; `next` asks for the one after it, `banner` says that mails do not reach the address. */
export type Purchases = {
  email: string
  via: 'account' | 'link'
  orders: Purchase[]
  next: string | null
  banner: AddressFlag
}
