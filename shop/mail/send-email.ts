import { type Attempt, beginAttempt, findEmail, recordFailure, recordSent, storeRendered } from '../../db/emails.ts'
import type { App, SendResult } from '../app.ts'
import { JobFailed, VendorDown } from '../errors.ts'
import type { ClaimedJob } from '../jobs.ts'
import { renderReceipt } from './render-email.ts'

/** How a mail's job ended well: sent, sent before, or the lease was lost meanwhile. */
export type SendOutcome = 'sent' | 'already_sent' | 'lost'

/**
 * Sends a stored mail: writes it once, then sends the same bytes under the same key however often it must be repeated.
 * @throws VendorDown when it should be tried again without a penalty; JobFailed when no repeat can help, or none is safe
 */
export async function sendEmail(app: App, emailId: string, job: ClaimedJob): Promise<SendOutcome> {
  const email = await findEmail(app.db, emailId)
  if (!email) throw new JobFailed(`there is no mail ${emailId}`)
  if (email.is_sent) return 'already_sent'
  if (!email.is_rendered) await render(app, email)
  const attempt = await beginAttempt(app.db, emailId)
  if (!attempt) throw new JobFailed('held: nobody can tell whether this mail went out more than 23 hours ago')
  const { to_address: to, subject, html, body_text: text } = attempt
  const result = await app.mailer.send({ id: emailId, to, subject, html, text })
  return conclude(app, { emailId, attempt, job }, result)
}

type Found = NonNullable<Awaited<ReturnType<typeof findEmail>>>

async function render(app: App, { id, order }: Found): Promise<void> {
  if (!order) throw new JobFailed(`mail ${id} belongs to no order`)
  const { email } = order
  if (!email) throw new JobFailed('the order has no address that a mail can be sent to')
  await storeRendered(app.db, id, await renderReceipt(app, { ...order, email }))
}

type Sending = { emailId: string; attempt: Attempt; job: ClaimedJob }

async function conclude(app: App, { emailId, attempt, job }: Sending, result: SendResult): Promise<SendOutcome> {
  if (result.outcome === 'sent') {
    return (await recordSent(app.db, job, { emailId, resendId: result.resendId })) ? 'sent' : 'lost'
  }
  const isRefused = result.outcome === 'refused'
  await recordFailure(app.db, emailId, { reason: result.reason, forget: isRefused && attempt.is_first })
  if (result.outcome === 'conflict' || (isRefused && result.final)) throw new JobFailed(result.reason)
  throw new VendorDown('resend', result.reason, { retryAfter: isRefused ? result.retryAfter : 0 })
}
