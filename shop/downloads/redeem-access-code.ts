import { guessCode } from '../../db/access-codes.ts'
import type { App } from '../app.ts'
import type { CodeOutcome } from './code-answer.ts'

/** How long a redeemed code opens the order on this browser. */
const DAY_S = 86_400

/** Takes the code that was mailed to the buyer; ten tries, and the right one works once. */
export async function redeemAccessCode(app: App, guess: { sessionId: string; code: string }): Promise<CodeOutcome> {
  const { sessionId, code } = guess
  const found = await guessCode(app.db, sessionId, app.seal('access_code', `${sessionId} ${code}`))
  if (!found) return { kind: 'over' }
  if (!found.is_right) return { kind: 'wrong', triesLeft: found.tries_left }
  const access = await app.tokens.mintAccess({ orderId: found.order_id, epoch: found.access_epoch }, DAY_S)
  return { kind: 'right', access }
}
