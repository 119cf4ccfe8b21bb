import Stripe from 'stripe'
import type { RefundOutcome } from '../shop/app.ts'

/**
 * Pays back what is left of a session's payment; the same key never pays twice, and what has been paid back already is no failure.
 * A session in which nothing was paid has nothing to give back.
 */
export async function refundInFull(stripe: Stripe, sessionId: string, idempotencyKey: string): Promise<RefundOutcome> {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] })
  if (!payment_intent || typeof payment_intent === 'string') return 'nothing'
  if (payment_intent.status !== 'succeeded') return payment_intent.status === 'processing' ? 'unsettled' : 'nothing'
  try {
    await stripe.refunds.create(
      { payment_intent: payment_intent.id, reason: 'requested_by_customer' },
      { idempotencyKey },
    )
    return 'refunded'
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded') return 'nothing'
    throw error
  }
}
