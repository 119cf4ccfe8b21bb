/**
 * A checkout session as Stripe shows it now, in our words; amounts in minor units of `currency`. Stripe's enums are open, so every
 * status is a string and an unknown one must never mean "paid".
 */
export type ObservedSession = {
  id: string
  livemode: boolean
  /** open, complete or expired */
  status: string
  /** paid, unpaid or no_payment_required */
  paymentStatus: string
  currency: string
  amountSubtotal: number
  amountDiscount: number
  amountTax: number
  amountTotal: number
  email: string | null
  metadata: Record<string, string>
  paymentIntentId: string | null
  /** Stripe's status of the payment intent; null when nothing was to be paid. */
  paymentIntentStatus: string | null
  /** When the charge succeeded, or the session was created if nothing was charged. */
  paidAt: Date
  lines: ObservedLine[]
  refunds: ObservedRefund[]
  disputes: ObservedDispute[]
}

export type ObservedLine = {
  id: string
  title: string
  quantity: number
  unitAmount: number
  currency: string
  amountDiscount: number
  amountTax: number
  amountTotal: number
  metadata: Record<string, string>
}

/** `status`: pending, requires_action, succeeded, failed or canceled. */
export type ObservedRefund = {
  id: string
  amount: number
  currency: string
  status: string
  reason: string | null
  createdAt: Date
  /** Our own ids of the items that it pays back, if we made it. */
  orderItemIds: string[]
  /** Whether its money had gone out and came back, since it failed after all. */
  hasReturned: boolean
}

export type ObservedDispute = {
  id: string
  amount: number
  currency: string
  status: string
  reason: string | null
  createdAt: Date
  /** When the bank took the money; null for an inquiry. */
  withdrawnAt: Date | null
  /** When it gave the money back. */
  reinstatedAt: Date | null
}
