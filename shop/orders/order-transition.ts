import type { OrderStatus } from './order-status.ts'

/**
 * Which states of an order may follow which. Money that came never becomes money that is awaited; a refund or a dispute that ends in the
 * buyer's or the seller's favour leads back; what no longer agrees with its session is put aside from anywhere. The table order_transitions in the database says the same and refuses the rest.
 */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ['paid', 'partially_refunded', 'refunded', 'disputed', 'failed', 'review'],
  failed: ['pending', 'paid', 'partially_refunded', 'refunded', 'disputed', 'review'],
  paid: ['partially_refunded', 'refunded', 'disputed', 'review'],
  partially_refunded: ['paid', 'refunded', 'disputed', 'review'],
  refunded: ['paid', 'partially_refunded', 'disputed', 'review'],
  disputed: ['paid', 'partially_refunded', 'refunded', 'review'],
  review: ['refunded'],
}

/** Whether an order may go from one state to another; what was in review goes anywhere once the seller has approved it. */
export function isLegalTransition(from: OrderStatus, to: OrderStatus, isApproved = false): boolean {
  return from === to || TRANSITIONS[from].includes(to) || (from === 'review' && isApproved)
}
