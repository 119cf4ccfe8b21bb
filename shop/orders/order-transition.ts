import type { OrderStatus } from './order-status.ts'

/**
 * Which states of an order may follow which. Money that came never becomes money that is awaited; a refund or a dispute that ends in the
 * buyer's or the seller's favour leads back. The table order_transitions in the database says the same and refuses the rest.
 */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ['paid', 'partially_refunded', 'refunded', 'disputed', 'failed', 'review'],
  failed: ['pending', 'paid', 'partially_refunded', 'refunded', 'disputed'],
  paid: ['partially_refunded', 'refunded', 'disputed'],
  partially_refunded: ['paid', 'refunded', 'disputed'],
  refunded: ['paid', 'partially_refunded', 'disputed', 'review'],
  disputed: ['paid', 'partially_refunded', 'refunded'],
  review: ['refunded'],
}

/** Whether an order may go from one state to another; what was in review goes anywhere once the seller has approved it. */
export function isLegalTransition(from: OrderStatus, to: OrderStatus, isApproved = false): boolean {
  return from === to || TRANSITIONS[from].includes(to) || (from === 'review' && isApproved)
}
