import { orderWords } from '../../_data/order-words.ts'
import type { ProofAnswer } from './proof-answer.ts'
import { sayTime } from './say-time.ts'

const words = orderWords.problem

/** What stands beside a field when the shop did not take what was typed; `malformed` where it knows better than this page. */
export function sayProblem(answer: ProofAnswer | { kind: 'offline' }, malformed: string, locale: string): string {
  switch (answer.kind) {
    case 'wrong':
      return words.wrong(answer.triesLeft)
    case 'malformed':
      return malformed
    case 'often':
      return words.often(sayTime(answer.retrySeconds, locale))
    case 'offline':
      return words.offline
    default:
      return words.down
  }
}
