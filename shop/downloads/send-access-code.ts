import { offerCode } from '../../db/access-codes.ts'
import type { App } from '../app.ts'
import { writeAccessCode } from '../mail/access-code.ts'
import { layOutEmail } from '../mail/lay-out-email.ts'
import { normalEmail } from '../orders/email-address.ts'
import { wake } from '../wake.ts'

/**
 * Mails a code to the address that was typed in, if it is the order's. Whoever asks cannot tell: every wish makes a code, writes its
 * mail and sends the same statement, and the worker is woken behind the answer.
 */
export async function sendAccessCode(app: App, wish: { sessionId: string; email: string }): Promise<void> {
  const { sessionId } = wish
  const code = app.newCode()
  const [hash = ''] = app.seal('access_code', `${sessionId} ${code}`)
  // Written here and not by the worker, so that the code itself is kept nowhere but in the mail.
  const mail = layOutEmail(app.shop, normalEmail(wish.email), writeAccessCode(code, app))
  const isOffered = await offerCode(app.db, { id: app.newId('cod'), sessionId, hash, mail })
  if (isOffered) app.later('wake_failed', wake(app))
}
