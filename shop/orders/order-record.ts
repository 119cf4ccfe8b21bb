import type { IdPrefix } from '../ids.ts'
import type { ObservedDispute, ObservedRefund, ObservedSession } from '../payments/observed-session.ts'
import { mailableEmail } from './email-address.ts'
import { deriveStatus, liveRefunds, type OrderStatus, sumRefunds } from './order-status.ts'
import { findRefundedItems, type RefundedItem, type RevokePolicy } from './refunded-lines.ts'
import { findMismatch } from './sold-lines.ts'

/** Everything that one observation of a session says about an order; amounts in minor units. */
export type OrderRecord = {
  id: string
  stripe_session_id: string
  stripe_payment_intent_id: string | null
  livemode: boolean
  status: OrderStatus
  /** The status if the seller has approved what is in review. */
  approved_status: OrderStatus
  review_reason: string | null
  email: string | null
  stripe_email: string | null
  claim_hash: string | null
  currency: string
  amount_subtotal: number
  amount_discount: number
  amount_tax: number
  amount_total: number
  amount_refunded: number
  paid_at: Date | null
  /** The database's clock before Stripe was asked, as text: drivers cut it to milliseconds. */
  observed_at: string
  items: ItemRecord[]
  refunded_items: RefundedItem[]
  refunds: ObservedRefund[]
  disputes: ObservedDispute[]
}

type ItemRecord = {
  id: string
  stripe_line_item_id: string
  product_id: string | null
  title: string
  quantity: number
  unit_amount: number
  amount_discount: number
  amount_tax: number
  amount_total: number
}

type Circumstances = { observedAt: string; newId: (prefix: IdPrefix) => string; revoke: RevokePolicy }

/** The order that a completed session of ours amounts to. */
export function recordOf(session: ObservedSession, { observedAt, newId, revoke }: Circumstances): OrderRecord {
  const reviewReason = findMismatch(session)
  const status = deriveStatus(session, reviewReason !== null)
  return {
    id: newId('ord'),
    stripe_session_id: session.id,
    stripe_payment_intent_id: session.paymentIntentId,
    livemode: session.livemode,
    status,
    approved_status: deriveStatus(session, false),
    review_reason: reviewReason,
    email: mailableEmail(session.email),
    stripe_email: session.email,
    claim_hash: session.metadata.claim ?? null,
    currency: session.currency,
    amount_subtotal: session.amountSubtotal,
    amount_discount: session.amountDiscount,
    amount_tax: session.amountTax,
    amount_total: session.amountTotal,
    amount_refunded: sumRefunds(session),
    paid_at: isPaid(session) ? session.paidAt : null,
    observed_at: observedAt,
    items: session.lines.map((line) => itemOf(line, newId('itm'))),
    refunded_items: findRefundedItems(session.lines, liveRefunds(session.refunds), revoke),
    refunds: session.refunds,
    disputes: session.disputes,
  }
}

function isPaid({ paymentStatus, refunds }: ObservedSession): boolean {
  return paymentStatus === 'paid' || paymentStatus === 'no_payment_required' || refunds.length > 0
}

function itemOf(line: ObservedSession['lines'][number], id: string): ItemRecord {
  return {
    id,
    stripe_line_item_id: line.id,
    product_id: line.metadata.product_id ?? null,
    title: line.title,
    quantity: Math.max(line.quantity, 1),
    unit_amount: Math.max(line.unitAmount, 0),
    amount_discount: line.amountDiscount,
    amount_tax: line.amountTax,
    amount_total: line.amountTotal,
  }
}
