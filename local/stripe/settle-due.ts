import type { Timer } from './books.ts'
import { decideDispute, openDispute } from './dispute-charge.ts'
import { expireSession } from './expire-session.ts'
import { settlePayment } from './settle-payment.ts'
import { settleRefund } from './settle-refund.ts'
import type { World } from './world.ts'

/** Does all that time alone brings: sessions expire, delayed payments and refunds settle, banks open and decide disputes. */
export function settleDue(world: World): void {
  const due = world.books.timers.all().filter((timer) => timer.due_at <= world.now())
  for (const timer of due) world.books.atomically(() => ring(world, timer))
}

function ring(world: World, timer: Timer): void {
  world.books.timers.remove(timer.id)
  if (timer.kind === 'expire_session') expire(world, timer.id)
  if (timer.kind === 'settle_payment') settlePayment(world, timer.id)
  if (timer.kind === 'settle_refund') settleRefund(world, timer.id)
  if (timer.kind === 'open_dispute') dispute(world, timer.id)
  if (timer.kind === 'decide_dispute') decideDispute(world, timer.id)
}

function expire(world: World, sessionId: string): void {
  const session = world.books.sessions.get(sessionId)
  if (session?.status === 'open') expireSession(world, session)
}

// A charge that was refunded or disputed by hand meanwhile has nothing left to dispute.
function dispute(world: World, chargeId: string): void {
  const charge = world.books.charges.get(chargeId)
  const reason = world.books.disputeReasons.get(chargeId)?.reason
  if (charge === undefined || reason === undefined || charge.refunded || charge.disputed) return
  openDispute(world, charge, reason)
}
