import { moveBalance } from './balance-transactions.ts'
import { recordEvent } from './events.ts'
import { paidRefund } from './refund-charge.ts'
import type { Refund } from './wire-types.ts'
import type { World } from './world.ts'

/** What becomes of a refund by itself: one that pends succeeds, and one to a closed card fails after all. */
export function settleRefund(world: World, refundId: string): void {
  const { books } = world
  books.timers.remove(refundId)
  const refund = books.refunds.get(refundId)
  if (refund === undefined) return
  if (books.traits.get(refund.charge ?? '')?.refunds === 'fail') undoRefund(world, refund, 'failed')
  else if (refund.status === 'pending') pay(world, refund)
}

function pay(world: World, refund: Refund): void {
  const { books } = world
  const paid = books.refunds.put(paidRefund(world, refund))
  recordEvent(world, 'refund.updated', paid, refund)
  recordEvent(world, 'charge.refund.updated', paid, refund)
}

/** The money did not go out, or comes back: the charge has it again. */
export function undoRefund(world: World, refund: Refund, status: 'failed' | 'canceled'): void {
  const { books } = world
  books.timers.remove(refund.id)
  const charge = books.charges.get(refund.charge ?? '')
  if (charge === undefined || refund.status === 'failed' || refund.status === 'canceled') return
  const restored = books.charges.put({
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  })
  const undone = books.refunds.put({ ...refund, ...endingOf(world, refund, status) })
  if (status === 'failed') recordEvent(world, 'refund.failed', undone, refund)
  recordEvent(world, 'refund.updated', undone, refund)
  recordEvent(world, 'charge.refund.updated', undone, refund)
  recordEvent(world, 'charge.updated', restored, charge)
}

function endingOf(world: World, refund: Refund, status: 'failed' | 'canceled'): Partial<Refund> {
  const reason = status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}
  if (refund.status !== 'succeeded') return { ...reason, status }
  const { amount, currency, id } = refund
  const back = moveBalance(world, { amount, currency, source: id, type: 'refund_failure' }).id
  return { ...reason, failure_balance_transaction: back, status }
}
