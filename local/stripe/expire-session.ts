import { recordEvent } from './events.ts'
import type { Session } from './wire-types.ts'
import type { World } from './world.ts'

/** Closes an open session unpaid; an intent that a decline left behind is cancelled with it. */
export function expireSession(world: World, session: Session): Session {
  const { books } = world
  const expired = books.sessions.put({ ...session, status: 'expired', url: null })
  books.timers.remove(session.id)
  recordEvent(world, 'checkout.session.expired', expired)
  const intent = books.paymentIntents.get(session.payment_intent ?? '')
  if (intent === undefined) return expired
  const end = { canceled_at: world.now(), cancellation_reason: 'expired', status: 'canceled' } as const
  recordEvent(world, 'payment_intent.canceled', books.paymentIntents.put({ ...intent, ...end }))
  return expired
}
