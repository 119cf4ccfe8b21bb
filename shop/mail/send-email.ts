import {
  type Attempt,
  beginAttempt,
  type FoundEmail,
  findEmail,
  findEmails,
  recordFailure,
  recordSent,
  storeRendered,
  voidEmail,
} from '../../db/emails.ts'
import { gatherNotices, listToldIn } from '../../db/notices.ts'
import type { App, SendResult } from '../app.ts'
import { JobDeferred, JobFailed, VendorDown } from '../errors.ts'
import type { ClaimedJob } from '../jobs.ts'
import { isNotice, isWanted } from '../notices/notice-kinds.ts'
import { renderEmail } from './render-email.ts'

/** How a mail's job ended well: sent, over before, given up because its reason has gone, or the lease was lost meanwhile. */
export type SendOutcome = 'sent' | 'already_over' | 'voided' | 'lost'

/**
 * Sends a stored mail: writes it once, then sends the same bytes under the same key however often it must be repeated.
 * @throws JobDeferred when it is a notice whose time has not come; VendorDown when it should be tried again without a penalty; JobFailed when no repeat can help, or none is safe
 */
export async function sendEmail(app: App, emailId: string, job: ClaimedJob): Promise<SendOutcome> {
  const email = await findEmail(app.db, emailId)
  if (!email) throw new JobFailed(`there is no mail ${emailId}`)
  if (email.is_over) return 'already_over'
  if (isMoot(email) || !isWanted(app.shop, email.kind))
    return (await voidEmail(app.db, job, emailId)) ? 'voided' : 'lost'
  const toldWith = isNotice(email.kind) ? await gather(app, emailId) : []
  if (!email.is_rendered) await storeRendered(app.db, emailId, await renderEmail(app, email, toldWith))
  const attempt = await beginAttempt(app.db, emailId)
  // Voided since it was read: the order belongs to another address now, or to nobody.
  if (!attempt && (await findEmail(app.db, emailId))?.is_over) return 'already_over'
  if (!attempt) throw new JobFailed('held: nobody can tell whether this mail went out more than 23 hours ago')
  const { to_address: to, subject, html, body_text: text } = attempt
  const result = await app.mailer.send({ id: emailId, to, subject, html, text })
  return conclude(app, { emailId, attempt, job }, result)
}

/** The notices that travel in this one. @throws JobDeferred while one of its kind has just gone out */
async function gather(app: App, emailId: string): Promise<FoundEmail[]> {
  const minutes = app.shop.notices.digestMinutes
  if (minutes === 0) return []
  const wait = await gatherNotices(app.db, emailId, minutes)
  if (wait !== null) throw new JobDeferred('another notice of this kind has just gone out', { retryAfter: wait })
  return findEmails(app.db, await listToldIn(app.db, emailId))
}

/** Whether the reason of a mail has gone before it was ever tried. */
function isMoot({ kind, payload, order, is_attempted, is_code_over, is_link_over, is_erased }: FoundEmail): boolean {
  if (is_attempted) return false
  if (is_erased && !kind.startsWith('seller_')) return true
  if (kind === 'access_code') return is_code_over
  if (kind === 'portal_link') return is_link_over
  if (kind === 'links_ready') return order?.status !== 'paid' && order?.status !== 'partially_refunded'
  if (kind !== 'refund') return false
  // One that failed: nobody may read that it went through.
  const refund = order?.refunds.find(({ stripe_refund_id }) => stripe_refund_id === payload.stripe_refund_id)
  return refund?.status !== 'succeeded'
}

type Sending = { emailId: string; attempt: Attempt; job: ClaimedJob }

async function conclude(app: App, { emailId, attempt, job }: Sending, result: SendResult): Promise<SendOutcome> {
  if (result.outcome === 'sent') {
    return (await recordSent(app.db, job, { emailId, resendId: result.resendId })) ? 'sent' : 'lost'
  }
  const isRefused = result.outcome === 'refused'
  await recordFailure(app.db, job, { emailId, reason: result.reason, forget: isRefused && attempt.is_first })
  if (result.outcome === 'conflict' || (isRefused && result.final)) throw new JobFailed(result.reason)
  throw new VendorDown('resend', result.reason, { retryAfter: isRefused ? result.retryAfter : 0 })
}
