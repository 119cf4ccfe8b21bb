import { askShop } from './ask-shop.ts'
import { type OrderAnswer, readOrderAnswer } from './order-answer.ts'
import type { OrderReference } from './order-reference.ts'

/** An answer, with the server's `Date` and this device's time (milliseconds) when it came. */
export type TimedAnswer = { answer: OrderAnswer; date: string | null; at: number }

/** Asks the shop about an order. Never throws: no connection is an answer too. */
export async function askOrder(reference: OrderReference): Promise<TimedAnswer> {
  const said = await askShop('/get_entitlements', reference)
  const answer = said ? readOrderAnswer(said.status, said.body, said.retryAfter) : ({ kind: 'offline' } as const)
  return { answer, date: said?.date ?? null, at: Date.now() }
}
