import { recordEvent } from './events.ts'
import { newCharge } from './new-charge.ts'
import { newPaymentIntent } from './new-payment-intent.ts'
import { newPaymentMethod } from './new-payment-method.ts'
import type { TestMethod } from './test-methods.ts'
import type { PaymentIntent, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** A charge, still undecided, of the session's intent, which is made at the first try and used again afterwards. */
export function tryCharge(world: World, session: Session, attempt: { email: string; method: TestMethod }) {
  const { books } = world
  const { method, email } = attempt
  const paymentMethod = books.paymentMethods.put(newPaymentMethod(method, email, world.now()))
  const known = books.paymentIntents.get(session.payment_intent ?? '') ?? openIntent(world, session)
  const fresh = { amount: session.amount_total ?? 0, customer: session.customer, payment_method: paymentMethod.id }
  const charge = newCharge({ ...known, ...fresh }, { method, email, created: world.now() })
  const intent = books.paymentIntents.put({ ...known, ...fresh, latest_charge: charge.id })
  books.charges.put(charge)
  books.chargesOf.add(intent.id, charge.id)
  books.traits.put({ id: charge.id, refunds: method.refunds, settles: method.settles })
  return { intent, charge }
}

function openIntent(world: World, session: Session): PaymentIntent {
  const { books } = world
  const plan = books.intentPlans.get(session.id)
  if (plan === undefined) throw new TypeError(`Session ${session.id} has no intent plan`)
  const intent = newPaymentIntent(session, plan, world.now())
  books.sessionOf.add(intent.id, session.id)
  recordEvent(world, 'payment_intent.created', intent)
  return intent
}
