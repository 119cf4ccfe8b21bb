import type { OrderAnswer } from './order-answer.ts'
import { LONG_WAIT_SECONDS } from './order-view.ts'

const PATIENT_SECONDS = 30

/**
 * Seconds after which the page asks again by itself; `null` when the answer is final. A payment in process is asked for after
 * 1, 2, 4, 8, then every 10 seconds, and every 30 once waiting has been called long: it never stops silently.
 */
export function nextLook(answer: OrderAnswer, asked: number, waitedSeconds: number): number | null {
  switch (answer.kind) {
    case 'processing':
      return waitedSeconds < LONG_WAIT_SECONDS ? Math.min(2 ** (asked - 1), 10) : PATIENT_SECONDS
    case 'busy':
      return answer.retrySeconds
    case 'offline':
      return PATIENT_SECONDS
    default:
      return null
  }
}
