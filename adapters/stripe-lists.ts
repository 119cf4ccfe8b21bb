import Stripe from 'stripe'
import { VendorDown } from '../shop/errors.ts'
import type { FactKind, FactPage, StripeFact } from '../shop/reconcile/stripe-fact.ts'
import { translateStripeError } from './stripe-errors.ts'

export type ListAsk = { kind: FactKind; since: Date; after: string | null }

/** The largest that Stripe gives. */
const PAGE = 100
/** When Stripe limits our rate and does not say for how long. */
const LIMITED_S = 2

/**
 * One page of checkout sessions that were completed, refunds or disputes, newest first. The payment intent comes with each: it carries
 * the metadata by which we know a sale of ours, which Stripe does not copy to refunds and disputes.
 */
export async function listFacts(stripe: Stripe, { kind, since, after }: ListAsk): Promise<FactPage> {
  const page = {
    created: { gte: Math.floor(since.getTime() / 1000) },
    limit: PAGE,
    expand: ['data.payment_intent'],
    ...(after ? { starting_after: after } : {}),
  }
  try {
    if (kind === 'session')
      return pageOf(await stripe.checkout.sessions.list({ ...page, status: 'complete' }), sessionFact)
    if (kind === 'refund') return pageOf(await stripe.refunds.list(page), (refund) => partFact(kind, refund))
    return pageOf(await stripe.disputes.list(page), (dispute) => partFact(kind, dispute))
  } catch (error) {
    throw translateListError(error)
  }
}

function translateListError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode !== 429) return translateStripeError(error)
  const retryAfter = Number(error.headers?.['retry-after']) || LIMITED_S
  return new VendorDown('stripe', 'The payment service limits our rate.', { cause: error, retryAfter })
}

function pageOf<Item extends { id: string }>(
  { data, has_more }: Stripe.ApiList<Item>,
  toFact: (item: Item) => StripeFact,
): FactPage {
  return { facts: data.map(toFact), next: (has_more && data.at(-1)?.id) || null }
}

function sessionFact(session: Stripe.Checkout.Session): StripeFact {
  const intent = expanded(session.payment_intent)
  return {
    kind: 'session',
    id: session.id,
    paymentIntentId: intent?.id ?? null,
    paymentIntentStatus: intent?.status ?? null,
    status: session.payment_status,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    metadata: session.metadata ?? {},
  }
}

type Part = Pick<Stripe.Refund, 'id' | 'status' | 'amount' | 'currency' | 'payment_intent'>

function partFact(kind: 'refund' | 'dispute', { id, status, amount, currency, payment_intent }: Part): StripeFact {
  const intent = expanded(payment_intent)
  return {
    kind,
    id,
    paymentIntentId: intent?.id ?? null,
    paymentIntentStatus: intent?.status ?? null,
    status: status ?? 'unknown',
    amount,
    currency,
    metadata: intent?.metadata ?? {},
  }
}

function expanded(intent: string | Stripe.PaymentIntent | null | undefined): Stripe.PaymentIntent | null {
  if (typeof intent === 'string') throw new VendorDown('stripe', 'The payment service left out a part of its answer.')
  return intent ?? null
}
