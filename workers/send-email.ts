import type { App } from '../shop/app.ts'
import { JobDeferred } from '../shop/errors.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import { type SendOutcome, sendEmail } from '../shop/mail/send-email.ts'
import type { JobEnd, Lease } from './registry.ts'

/** Resend takes five requests a second and counts per team, so one shop sends two at most. */
const PAUSE_MS = 500

const ENDS: Record<SendOutcome, JobEnd> = { sent: 'settled', voided: 'settled', already_over: 'done', lost: 'lost' }

/** Sends one stored mail. */
export async function sendEmailJob(app: App, { job }: Lease): Promise<JobEnd> {
  const { email_id } = JOB_PAYLOADS.send_email.parse(job.payload)
  let isAsked = true
  try {
    const outcome = await sendEmail(app, email_id, job)
    isAsked = outcome === 'sent' || outcome === 'lost'
    return ENDS[outcome]
  } catch (error) {
    isAsked = !(error instanceof JobDeferred)
    throw error
  } finally {
    // Refused ones count as well.
    if (isAsked) await app.pause(PAUSE_MS)
  }
}
