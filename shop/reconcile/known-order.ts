import type { OrderStatus } from '../orders/order-status.ts'

/** As much of an order of ours as can be held against Stripe's lists; amounts in minor units. */
export type KnownOrder = {
  id: string
  stripe_session_id: string
  stripe_payment_intent_id: string | null
  status: OrderStatus
  currency: string
  amount_total: number
  amount_refunded: number
  /** What was charged is not what was asked for, and the seller has not approved it. */
  is_mismatch: boolean
  refunds: KnownPart[]
  disputes: KnownPart[]
}

/** A refund or a dispute as our row has it. */
export type KnownPart = { id: string; status: string; amount: number; currency: string }
