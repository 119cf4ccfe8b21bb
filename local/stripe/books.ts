import type { Ledger } from '../ledger.ts'
import type {
  BalanceTransaction,
  Charge,
  Coupon,
  Customer,
  Dispute,
  EarlyFraudWarning,
  EventDoc,
  LineItem,
  PaymentIntent,
  PaymentMethod,
  Price,
  Product,
  PromotionCode,
  Refund,
  Session,
  WebhookEndpoint,
} from './wire-types.ts'

/** One kind of document, by id; every write is durable before it returns. */
export type Shelf<Doc> = {
  get(id: string): Doc | undefined
  put(doc: Doc): Doc
  remove(id: string): void
  /** All of them, oldest first. */
  all(): Doc[]
}

/** Which ids belong to a parent, such as the refunds of a charge, oldest first: found without reading everything. */
export type Index = { add(parent: string, id: string): void; of(parent: string): string[] }

export type Books = ReturnType<typeof openBooks>

/** Something that will happen by itself when its time has come. */
export type Timer = {
  id: string
  kind: 'expire_session' | 'settle_payment' | 'settle_refund' | 'open_dispute' | 'decide_dispute'
  due_at: number
}

/** What Stripe knows about an event besides what it tells: which purchase it belongs to. */
export type StoredEvent = { id: string; event: EventDoc; session: string | null }

export type Delivery = {
  id: string
  event: string
  type: string
  endpoint: string
  state: 'pending' | 'delivered' | 'dropped' | 'failed'
  attempts: number
  created: number
  due_at: number
  fault: 'none' | 'delay' | 'duplicate' | 'exempt'
  last_answer: string | null
}

/** The answer that an idempotency key replays. */
export type KeptAnswer = {
  id: string
  created: number
  fingerprint: string
  request_id: string
  status: number
  body: string
}

/** How a payment method behaves after the charge; Stripe keeps that behind its test card numbers. */
export type ChargeTraits = { id: string; refunds: 'succeed' | 'pend' | 'fail'; settles: 'succeeded' | 'failed' }

/** Why the dispute that a test card brings on will be opened. */
export type DisputeReason = { id: string; reason: 'fraudulent' | 'product_not_received' | 'inquiry' }

/** What a session's payment intent will be made from; Stripe does not tell it in the session. */
export type IntentPlan = {
  id: string
  description: string | null
  metadata: Record<string, string>
  receipt_email: string | null
  setup_future_usage: string | null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  transfer_group: string | null
}

/** The emulator's books in `ledger`, one shelf per resource. */
export function openBooks(ledger: Ledger) {
  return {
    atomically: ledger.atomically,
    sessions: shelf<Session>(ledger, 'sessions'),
    intentPlans: shelf<IntentPlan>(ledger, 'intent_plans'),
    lineItems: shelf<LineItem>(ledger, 'line_items'),
    prices: shelf<Price>(ledger, 'prices'),
    products: shelf<Product>(ledger, 'products'),
    paymentIntents: shelf<PaymentIntent>(ledger, 'payment_intents'),
    paymentMethods: shelf<PaymentMethod>(ledger, 'payment_methods'),
    charges: shelf<Charge>(ledger, 'charges'),
    traits: shelf<ChargeTraits>(ledger, 'charge_traits'),
    refunds: shelf<Refund>(ledger, 'refunds'),
    disputes: shelf<Dispute>(ledger, 'disputes'),
    disputeReasons: shelf<DisputeReason>(ledger, 'dispute_reasons'),
    fraudWarnings: shelf<EarlyFraudWarning>(ledger, 'early_fraud_warnings'),
    balanceTransactions: shelf<BalanceTransaction>(ledger, 'balance_transactions'),
    coupons: shelf<Coupon>(ledger, 'coupons'),
    promotionCodes: shelf<PromotionCode>(ledger, 'promotion_codes'),
    customers: shelf<Customer>(ledger, 'customers'),
    endpoints: shelf<WebhookEndpoint>(ledger, 'webhook_endpoints'),
    endpointSecrets: shelf<{ id: string; secret: string }>(ledger, 'webhook_secrets'),
    events: shelf<StoredEvent>(ledger, 'events'),
    deliveries: shelf<Delivery>(ledger, 'deliveries'),
    pending: shelf<{ id: string; due_at: number }>(ledger, 'pending_deliveries'),
    timers: shelf<Timer>(ledger, 'timers'),
    answers: shelf<KeptAnswer>(ledger, 'idempotency_keys'),
    linesOf: index(ledger, 'lines_of_session'),
    sessionOf: index(ledger, 'session_of_intent'),
    chargesOf: index(ledger, 'charges_of_intent'),
    refundsOf: index(ledger, 'refunds_of_charge'),
    disputesOf: index(ledger, 'disputes_of_charge'),
    eventsOf: index(ledger, 'events_of_session'),
    deliveriesOf: index(ledger, 'deliveries_of_event'),
  }
}

function shelf<Doc extends { id: string }>(ledger: Ledger, name: string): Shelf<Doc> {
  const collection = `stripe.${name}`
  return {
    get: (id) => ledger.get<Doc>(collection, id),
    put: (doc) => {
      ledger.put(collection, doc.id, doc)
      return doc
    },
    remove: (id) => ledger.delete(collection, id),
    all: () => ledger.list<Doc>(collection),
  }
}

function index(ledger: Ledger, name: string): Index {
  return {
    add: (parent, id) => ledger.put(`stripe.${name}.${parent}`, id, id),
    of: (parent) => ledger.list<string>(`stripe.${name}.${parent}`),
  }
}
