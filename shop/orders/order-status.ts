import type { ObservedSession } from '../payments/observed-session.ts'

export const ORDER_STATES = [
  'pending',
  'paid',
  'partially_refunded',
  'refunded',
  'disputed',
  'failed',
  'review',
] as const
export type OrderStatus = (typeof ORDER_STATES)[number]

type Facts = Pick<ObservedSession, 'paymentStatus' | 'paymentIntentStatus' | 'amountTotal' | 'refunds' | 'disputes'>

/** A refund in one of these states took no money back; one that is still pending counts as refunded until it fails. */
const VOID_REFUNDS = new Set(['failed', 'canceled'])
/** An inquiry moves no money, and neither does a dispute that we won or that was prevented. Any other state holds the order. */
const HARMLESS_DISPUTES = new Set([
  'won',
  'prevented',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
])
/** The payment intent's states in which a delayed payment may still arrive. */
const UNDER_WAY = new Set(['processing', 'requires_action', 'requires_confirmation', 'requires_capture', 'succeeded'])

/** The refunds that took money back, or may still. */
export function liveRefunds<Refund extends { status: string }>(refunds: Refund[]): Refund[] {
  return refunds.filter(({ status }) => !VOID_REFUNDS.has(status))
}

/** How much of the order has gone back to the buyer, in minor units. */
export function sumRefunds({ refunds, amountTotal }: Pick<Facts, 'refunds' | 'amountTotal'>): number {
  const sum = liveRefunds(refunds).reduce((total, { amount }) => total + amount, 0)
  return Math.min(sum, amountTotal)
}

/**
 * The state of a completed session's order, by precedence: refunded, review, disputed, partially_refunded, paid, pending, failed.
 * A word of Stripe's that we do not know never means "paid".
 * @param mismatch whether the session is not what we sold and nobody has approved it
 */
export function deriveStatus(facts: Facts, mismatch: boolean): OrderStatus {
  const refunded = sumRefunds(facts)
  if (facts.amountTotal > 0 && refunded >= facts.amountTotal) return 'refunded'
  if (mismatch) return 'review'
  if (facts.disputes.some(({ status }) => !HARMLESS_DISPUTES.has(status))) return 'disputed'
  if (refunded > 0) return 'partially_refunded'
  if (facts.paymentStatus === 'paid' || facts.paymentStatus === 'no_payment_required') return 'paid'
  return facts.paymentIntentStatus !== null && UNDER_WAY.has(facts.paymentIntentStatus) ? 'pending' : 'failed'
}
