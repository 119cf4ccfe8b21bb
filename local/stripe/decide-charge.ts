import { moveBalance } from './balance-transactions.ts'
import { recordEvent } from './events.ts'
import { outcomeOf } from './new-charge.ts'
import type { Decline } from './test-methods.ts'
import type { Charge, PaymentIntent } from './wire-types.ts'
import type { World } from './world.ts'

/** The money is there: charge and intent succeed. */
export function captureCharge(world: World, intent: PaymentIntent, charge: Charge): void {
  const { books } = world
  const { amount, currency } = charge
  const balance_transaction = moveBalance(world, { amount, currency, source: charge.id, type: 'charge' }).id
  const paid = {
    amount_captured: amount,
    balance_transaction,
    captured: true,
    paid: true,
    status: 'succeeded',
  } as const
  const captured = books.charges.put({ ...charge, ...paid, outcome: outcomeOf(null) })
  const done = { amount_received: amount, last_payment_error: null, processing: null, status: 'succeeded' } as const
  const succeeded = books.paymentIntents.put({ ...intent, ...done })
  recordEvent(world, 'charge.succeeded', captured)
  recordEvent(world, 'payment_intent.succeeded', succeeded)
}

/** The charge did not go through: its intent waits for another method. */
export function failCharge(world: World, refused: { intent: PaymentIntent; charge: Charge; decline: Decline }): void {
  const { books } = world
  const { intent, charge, decline } = refused
  const { code, message, decline_code } = decline
  const outcome = outcomeOf(decline_code)
  const failure = { failure_code: code, failure_message: message }
  const failed = books.charges.put({ ...charge, ...failure, outcome, status: 'failed' })
  const payment_method = books.paymentMethods.get(intent.payment_method ?? '')
  const error = {
    charge: charge.id,
    code,
    decline_code,
    message,
    type: 'card_error',
    ...(payment_method && { payment_method }),
  }
  const open = { payment_method: null, status: 'requires_payment_method' } as const
  const waiting = books.paymentIntents.put({ ...intent, ...open, last_payment_error: error, processing: null })
  recordEvent(world, 'charge.failed', failed)
  recordEvent(world, 'payment_intent.payment_failed', waiting)
}
