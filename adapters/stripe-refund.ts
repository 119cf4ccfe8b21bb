import Stripe from 'stripe'

/**
 * Pays back what is left of a session's payment; the same key never pays twice, and what has been paid back already is no failure.
 * A session in which nothing was paid has nothing to give back.
 */
export async function refundInFull(stripe: Stripe, sessionId: string, idempotencyKey: string): Promise<void> {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
  if (!payment_intent) return
  const intent = typeof payment_intent === 'string' ? payment_intent : payment_intent.id
  try {
    await stripe.refunds.create({ payment_intent: intent, reason: 'requested_by_customer' }, { idempotencyKey })
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded') return
    throw error
  }
}
