import { formatMoney } from '../money.ts'
import { deriveStatus, type OrderStatus, sumRefunds } from '../orders/order-status.ts'
import type { KnownOrder, KnownPart } from './known-order.ts'
import { digestOf, type StripeFact } from './stripe-fact.ts'

export type DriftKind =
  | 'missing_order'
  | 'wrong_status'
  | 'wrong_amount'
  | 'missing_refund'
  | 'wrong_refund'
  | 'missing_dispute'
  | 'wrong_dispute'

/** A difference between Stripe and our rows: what each says, in words for a table. */
export type Drift = {
  kind: DriftKind
  orderId: string | null
  /** Null when only the payment is known: a refund of an order that we do not have. */
  sessionId: string | null
  paymentIntentId: string | null
  stripe: string
  ours: string
  /** Of what Stripe says, so that a later change of it is another difference. */
  digest: string
}

/**
 * Compares what Stripe lists with what we know of the same sales. An order's status is held against the one that the session's payment
 * and our own refunds and disputes add up to; whether those are right is seen when their own lists are compared.
 */
export function findDrift(facts: StripeFact[], orders: KnownOrder[]): Drift[] {
  const bySession = new Map(orders.map((order) => [order.stripe_session_id, order]))
  const byPayment = new Map(orders.map((order) => [order.stripe_payment_intent_id, order]))
  return facts.filter(isTraceable).flatMap((fact) => {
    const order = fact.kind === 'session' ? bySession.get(fact.id) : byPayment.get(fact.paymentIntentId)
    return order ? compare(fact, order) : [driftOf('missing_order', fact, { stripe: saidBy(fact), ours: 'nothing' })]
  })
}

/** A refund or a dispute leads to its sale by the payment only, and all free sales share having none. */
function isTraceable({ kind, paymentIntentId }: StripeFact): boolean {
  return kind === 'session' || paymentIntentId !== null
}

type Words = { stripe: string; ours: string; order?: KnownOrder }

function driftOf(kind: DriftKind, fact: StripeFact, { stripe, ours, order }: Words): Drift {
  return {
    kind,
    orderId: order?.id ?? null,
    sessionId: order?.stripe_session_id ?? (fact.kind === 'session' ? fact.id : null),
    paymentIntentId: fact.paymentIntentId,
    stripe,
    ours,
    digest: digestOf(fact),
  }
}

function compare(fact: StripeFact, order: KnownOrder): Drift[] {
  if (fact.kind === 'session') return [...compareStatus(fact, order), ...compareAmounts(fact, order)]
  const part = (fact.kind === 'refund' ? order.refunds : order.disputes).find(({ id }) => id === fact.id)
  if (!part) return [driftOf(`missing_${fact.kind}`, fact, { stripe: saidBy(fact), ours: order.status, order })]
  if (isSame(fact, part)) return []
  return [driftOf(`wrong_${fact.kind}`, fact, { stripe: saidBy(fact), ours: saidBy(part), order })]
}

function compareStatus(fact: StripeFact, order: KnownOrder): Drift[] {
  const expected = expectedStatus(fact, order)
  if (expected === order.status) return []
  return [driftOf('wrong_status', fact, { stripe: expected, ours: order.status, order })]
}

function expectedStatus(fact: StripeFact, { is_mismatch, refunds, disputes }: KnownOrder): OrderStatus {
  const { status: paymentStatus, paymentIntentStatus, amount: amountTotal } = fact
  const facts = { paymentStatus, paymentIntentStatus, amountTotal, refunds, disputes }
  // Of a refund or a dispute, the status follows from its state and amount alone.
  return deriveStatus(facts as unknown as Parameters<typeof deriveStatus>[0], is_mismatch)
}

function compareAmounts(fact: StripeFact, order: KnownOrder): Drift[] {
  const facts = { refunds: order.refunds, amountTotal: fact.amount }
  const refunded = sumRefunds(facts as unknown as Parameters<typeof sumRefunds>[0])
  const stripe = amounts(fact.amount, refunded, fact.currency)
  const ours = amounts(order.amount_total, order.amount_refunded, order.currency)
  return stripe === ours ? [] : [driftOf('wrong_amount', fact, { stripe, ours, order })]
}

function amounts(total: number, refunded: number, currency: string): string {
  return refunded === 0 ? money(total, currency) : `${money(total, currency)}, ${money(refunded, currency)} back`
}

function isSame(fact: StripeFact, part: KnownPart): boolean {
  return fact.status === part.status && fact.amount === part.amount && fact.currency === part.currency
}

function saidBy({ status, amount, currency, id }: KnownPart): string {
  return `${id.startsWith('cs_') ? '' : `${id} `}${status} ${money(amount, currency)}`
}

/** In the notation of the log and the seller's terminal, whatever the shop's language. */
function money(amount: number, currency: string): string {
  return currency ? formatMoney({ amount, currency }, 'en') : String(amount)
}
