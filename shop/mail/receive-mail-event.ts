import { recordMailEvent } from '../../db/mail-events.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import type { MailDelivery } from './mail-event.ts'

/**
 * Takes a delivery of Resend's: what became of a mail, and whether its address is reached. No mail is sent again by itself.
 * @throws SignatureRejected, InvalidInput as `mailEvents.verify`
 */
export async function receiveMailEvent(app: App, delivery: Omit<MailDelivery, 'now'>): Promise<void> {
  const now = app.now()
  const event = app.mailEvents.verify({ ...delivery, now })
  if (!event) return
  const isTold = await recordMailEvent(app.db, event, now.toISOString().slice(0, 10))
  if (isTold) await wake(app)
}
