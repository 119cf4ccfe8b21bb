import type Stripe from 'stripe'
import { VendorDown } from '../shop/errors.ts'
import type {
  ObservedDispute,
  ObservedLine,
  ObservedRefund,
  ObservedSession,
} from '../shop/payments/observed-session.ts'
import { readItemIds } from '../shop/payments/stripe-refund-metadata.ts'

const PAGE = 100

/** Turns a session, retrieved with line items, charge and refunds expanded, into our words; lists that go on are read to their end. */
export async function observeSession(stripe: Stripe, session: Stripe.Checkout.Session): Promise<ObservedSession> {
  const intent = expanded(session.payment_intent)
  const charge = expanded(intent?.latest_charge)
  const [lines, refunds, disputes] = [
    await readLines(stripe, session),
    await readRefunds(stripe, charge),
    await readDisputes(stripe, charge),
  ]
  return {
    id: session.id,
    livemode: session.livemode,
    status: session.status ?? 'open',
    paymentStatus: session.payment_status,
    currency: session.currency ?? '',
    amountSubtotal: session.amount_subtotal ?? 0,
    amountDiscount: session.total_details?.amount_discount ?? 0,
    amountTax: session.total_details?.amount_tax ?? 0,
    amountTotal: session.amount_total ?? 0,
    email: session.customer_details?.email ?? null,
    metadata: session.metadata ?? {},
    paymentIntentId: intent?.id ?? null,
    paymentIntentStatus: intent?.status ?? null,
    paidAt: fromUnix(charge?.created ?? session.created),
    lines: lines.map(toLine),
    refunds: refunds.map(toRefund),
    disputes: disputes.map(toDispute),
  }
}

async function readLines(stripe: Stripe, session: Stripe.Checkout.Session): Promise<Stripe.LineItem[]> {
  const first = session.line_items
  if (!first) throw new VendorDown('stripe', 'The payment service left out the line items.')
  if (!first.has_more) return first.data
  return collect(stripe.checkout.sessions.listLineItems(session.id, { limit: PAGE }))
}

async function readRefunds(stripe: Stripe, charge: Stripe.Charge | null): Promise<Stripe.Refund[]> {
  if (!charge) return []
  if (charge.refunds && !charge.refunds.has_more) return charge.refunds.data
  return collect(stripe.refunds.list({ charge: charge.id, limit: PAGE }))
}

/** Only a charge that says so has disputes; asking for the others would cost a second call on every sale. */
async function readDisputes(stripe: Stripe, charge: Stripe.Charge | null): Promise<Stripe.Dispute[]> {
  if (!charge?.disputed) return []
  return collect(stripe.disputes.list({ charge: charge.id, limit: PAGE }))
}

async function collect<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of pages) items.push(item)
  return items
}

function toLine(line: Stripe.LineItem): ObservedLine {
  return {
    id: line.id,
    title: line.description ?? '',
    quantity: line.quantity ?? 0,
    unitAmount: line.price?.unit_amount ?? -1,
    currency: line.currency,
    amountDiscount: line.amount_discount,
    amountTax: line.amount_tax,
    amountTotal: line.amount_total,
    metadata: line.metadata ?? {},
  }
}

function toRefund(refund: Stripe.Refund): ObservedRefund {
  const { id, amount, currency, status, reason, created, metadata } = refund
  const orderItemIds = readItemIds(metadata ?? {})
  const hasReturned = Boolean(refund.failure_balance_transaction)
  const createdAt = fromUnix(created)
  return { id, amount, currency, status: status ?? 'unknown', reason, createdAt, orderItemIds, hasReturned }
}

function toDispute(dispute: Stripe.Dispute): ObservedDispute {
  const { id, amount, currency, status, reason, created, balance_transactions: movements } = dispute
  const at = (movement: Stripe.BalanceTransaction | undefined) => (movement ? fromUnix(movement.created) : null)
  const withdrawnAt = at(movements.find((movement) => movement.amount < 0))
  const reinstatedAt = at(movements.find((movement) => movement.amount > 0))
  return { id, amount, currency, status, reason, createdAt: fromUnix(created), withdrawnAt, reinstatedAt }
}

/** The object itself; null when absent, and also when Stripe sent only its id although we asked for all of it. */
function expanded<Thing extends { id: string }>(value: string | Thing | null | undefined): Thing | null {
  if (typeof value === 'string') throw new VendorDown('stripe', 'The payment service left out a part of its answer.')
  return value ?? null
}

function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000)
}
