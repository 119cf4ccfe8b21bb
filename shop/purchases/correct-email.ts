import { changeEmail, findEmailState } from '../../db/order-email.ts'
import type { App } from '../app.ts'
import { hashClaim } from '../checkout/claim.ts'
import { NotFound, Refused } from '../errors.ts'
import { normalEmail } from '../orders/email-address.ts'
import { wake } from '../wake.ts'

/** Who changes an order's address: the browser that bought, by its claim, or the seller. */
export type Correction = { email: string } & (
  | { sessionId: string; claim: string | null }
  | { orderId: string; actor: string }
)

const WHY = {
  same_email: 'This is the address of the order already.',
  already_corrected: 'The address was corrected once; please write to us to change it again.',
  too_late: 'The address can be corrected within an hour of paying; please write to us to change it now.',
}

/**
 * Changes the address of an order: a new receipt goes there, and older links are dead. The buyer may once, within an hour of paying; the
 * seller at any time. @returns the address in its normal form
 * @throws NotFound when there is no such order, or another browser bought it; Refused when it cannot be changed like this
 */
export async function correctEmail(app: App, correction: Correction): Promise<string> {
  const email = normalEmail(correction.email)
  const by =
    'orderId' in correction
      ? { orderId: correction.orderId, actor: correction.actor }
      : { sessionId: correction.sessionId, claimHash: hashClaim(correction.claim ?? '') }
  if (await changeEmail(app.db, { email, by })) {
    const woken = app.later('wake_failed', wake(app))
    // A command ends its process; a function is kept alive until all is done.
    if ('orderId' in by) await woken
    return email
  }
  const state = await findEmailState(app.db, by)
  if (!state) throw new NotFound('There is no such order.')
  const why = state.email === email ? 'same_email' : state.is_corrected ? 'already_corrected' : 'too_late'
  throw new Refused(why, 409, WHY[why])
}
