import Stripe from 'stripe'
import type { RefundOutcome } from '../shop/app.ts'
import type { MadeRefund, WantedRefund } from '../shop/payments/made-refund.ts'
import { readRequestId, refundMetadata } from '../shop/payments/stripe-refund-metadata.ts'

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

/**
 * Makes the refund that a request asks for, or finds the one that it made before: Stripe forgets an idempotency key after a day, and a
 * refund never.
 */
export async function makeRefund(stripe: Stripe, wanted: WantedRefund): Promise<MadeRefund> {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(wanted.sessionId)
  const paymentId = typeof payment_intent === 'string' ? payment_intent : payment_intent?.id
  if (!paymentId) return { outcome: 'refused', reason: 'Nothing was paid.' }
  const earlier = await findRefund(stripe, paymentId, wanted.requestId)
  if (earlier) return madeOf(earlier)
  try {
    const { requestId, amount, itemIds } = wanted
    const metadata = refundMetadata(requestId, itemIds)
    const params = { payment_intent: paymentId, amount, reason: 'requested_by_customer' as const, metadata }
    return madeOf(await stripe.refunds.create(params, { idempotencyKey: `refund:${requestId}` }))
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { outcome: 'refused', reason: error.message }
  }
}

async function findRefund(stripe: Stripe, paymentId: string, requestId: string): Promise<Stripe.Refund | null> {
  for await (const refund of stripe.refunds.list({ payment_intent: paymentId, limit: 100 }))
    if (readRequestId(refund.metadata ?? {}) === requestId) return refund
  return null
}

function madeOf({ id, status }: Stripe.Refund): MadeRefund {
  return { outcome: 'made', refundId: id, status: status ?? 'unknown' }
}

/** What Stripe understood and will not do, however often it is asked; not what is wrong with our key. */
function isRefusal(error: unknown): error is InstanceType<typeof Stripe.errors.StripeError> {
  return error instanceof Stripe.errors.StripeError && (error.statusCode === 400 || error.statusCode === 402)
}
