import { moveBalance } from './balance-transactions.ts'
import { formatAmount } from './currencies.ts'
import { recordEvent } from './events.ts'
import { newId } from './ids.ts'
import type { Metadata } from './metadata.ts'
import { StripeError } from './stripe-error.ts'
import type { Charge, Refund } from './wire-types.ts'
import type { World } from './world.ts'

const REFUND_SECONDS = 5

export type RefundRequest = { amount?: number | undefined; reason?: Refund['reason'] | undefined; metadata?: Metadata }

/** Gives back `amount` minor units, by default all that is left; throws `StripeError` where Stripe would refuse. */
export function refundCharge(world: World, charge: Charge, request: RefundRequest): Refund {
  const amount = checkAmount(charge, request.amount)
  checkDisputes(world, charge)
  const { books } = world
  const traits = books.traits.get(charge.id)
  // Money under way counts as refunded; a refund that fails gives it back to the charge.
  const amount_refunded = charge.amount_refunded + amount
  const reduced = books.charges.put({ ...charge, amount_refunded, refunded: amount_refunded === charge.amount })
  const made = newRefund(charge, { ...request, amount, created: world.now() })
  const pends = traits?.refunds === 'pend'
  const refund = books.refunds.put(pends ? pendingRefund(made) : paidRefund(world, made))
  books.refundsOf.add(charge.id, refund.id)
  if (pends || traits?.refunds === 'fail')
    books.timers.put({ id: refund.id, kind: 'settle_refund', due_at: world.now() + REFUND_SECONDS })
  recordEvent(world, 'refund.created', refund)
  recordEvent(world, 'charge.refunded', reduced, charge)
  return refund
}

function checkAmount(charge: Charge, wanted: number | undefined): number {
  const left = charge.amount - charge.amount_refunded
  if (left === 0)
    throw new StripeError(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  const amount = wanted ?? left
  if (amount <= left) return amount
  const asked = formatAmount(amount, charge.currency)
  const rest = formatAmount(left, charge.currency)
  const than = charge.amount_refunded === 0 ? `charge amount (${rest})` : `unrefunded amount on charge (${rest})`
  throw new StripeError(`Refund amount (${asked}) is greater than ${than}`, { param: 'amount' })
}

function checkDisputes(world: World, charge: Charge): void {
  const disputes = world.books.disputesOf.of(charge.id).map((id) => world.books.disputes.get(id))
  if (disputes.every((dispute) => dispute?.is_charge_refundable)) return
  const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`
  throw new StripeError(message, { code: 'charge_disputed' })
}

function newRefund(charge: Charge, request: RefundRequest & { amount: number; created: number }): Refund {
  const isCard = charge.payment_method_details?.type === 'card'
  return {
    id: newId(isCard ? 're_3' : 'pyr_1'),
    object: 'refund',
    amount: request.amount,
    balance_transaction: null,
    charge: charge.id,
    created: request.created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: isCard ? { card: { type: 'refund' }, type: 'card' } : { type: 'bank_transfer' },
    metadata: request.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: request.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'pending',
    transfer_reversal: null,
  }
}

function pendingRefund(refund: Refund): Refund {
  return { ...refund, pending_reason: 'processing' }
}

/** The refund once its money is out. */
export function paidRefund(world: World, refund: Refund): Refund {
  const { amount, currency, id } = refund
  const { pending_reason: _over, ...rest } = refund
  const balance_transaction = moveBalance(world, { amount: -amount, currency, source: id, type: 'refund' }).id
  return { ...rest, balance_transaction, status: 'succeeded' }
}
