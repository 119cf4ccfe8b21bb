import type { OrderStatus } from '../orders/order-status.ts'
import type { Shop } from '../shop-config.ts'

/**
 * The kinds of mails that a worker writes; those to the seller begin with `seller_`. An `access_code` and a `portal_link` are none of them:
 * they are written when they are asked for.
 */
export type MailKind =
  | 'receipt'
  | 'refund'
  | 'refund_failed'
  | 'payment_failed'
  | 'links_ready'
  | 'access_link'
  | 'seller_sale'
  | 'seller_review'
  | 'seller_dispute'
  | 'seller_fraud'
  | AlertKind

/** Mails to the seller that are about the shop itself, not about an order. */
export type AlertKind =
  | 'seller_dead_job'
  | 'seller_key_refused'
  | 'seller_rejected_deliveries'
  | 'seller_unusual_downloads'
  | 'seller_missing_file'
  | 'seller_mail_returned'
  | 'seller_build_failed'
  | 'seller_reconciled'
  | 'seller_checkout_flood'
  | 'seller_misdirected_events'

/** What a mail about an order is written from; amounts in minor units of `currency`. */
export type MailOrder = {
  id: string
  stripe_session_id: string
  stripe_payment_intent_id: string | null
  livemode: boolean
  status: OrderStatus
  review_reason: string | null
  email: string | null
  currency: string
  amount_subtotal: number
  amount_discount: number
  amount_tax: number
  amount_total: number
  amount_refunded: number
  access_epoch: number
  paid_at: Date | null
  items: { title: string; quantity: number; unit_amount: number; amount_discount: number; amount_tax: number }[]
  refunds: { stripe_refund_id: string; amount: number; status: string }[]
  disputes: { stripe_dispute_id: string; amount: number; status: string; reason: string | null }[]
}

/** What a mail names beside its order; ids, for a dead job the reason that its worker wrote down, for a refused key whose it is. */
export type MailPayload = {
  stripe_refund_id?: string
  stripe_dispute_id?: string
  job_id?: string
  job_kind?: string
  job_error?: string
  vendor?: string
  order_id?: string
  order_item_id?: string
  file_id?: string
  mail_state?: string
  build_error?: string
  misdirected?: string
  drift?: string
  stripe_said?: string
  shop_said?: string
}

/** Everything that a writer of mails may use. `orderLink` opens the order and is signed. */
export type MailSubject = { shop: Shop; siteUrl: string; orderLink: string; order: MailOrder; payload: MailPayload }
