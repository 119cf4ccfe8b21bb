import { type OrderAnswer, readOrderAnswer } from './order-answer.ts'
import type { OrderReference } from './order-reference.ts'

/** An answer, with the server's `Date` and this device's time (milliseconds) when it came. */
export type TimedAnswer = { answer: OrderAnswer; date: string | null; at: number }

/** Asks the shop about an order. Never throws: no connection is an answer too. */
export async function askOrder(reference: OrderReference): Promise<TimedAnswer> {
  try {
    const response = await fetch('/get_entitlements', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reference),
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    })
    const body: unknown = await response.json().catch(() => null)
    const answer = readOrderAnswer(response.status, body, response.headers.get('retry-after'))
    return { answer, date: response.headers.get('date'), at: Date.now() }
  } catch {
    return { answer: { kind: 'offline' }, date: null, at: Date.now() }
  }
}
