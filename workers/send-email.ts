import type { App } from '../shop/app.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import { type SendOutcome, sendEmail } from '../shop/mail/send-email.ts'
import type { JobEnd, Lease } from './registry.ts'

/** Resend takes five requests a second and counts per team, so one shop sends two at most. */
const PAUSE_MS = 500

const ENDS: Record<SendOutcome, JobEnd> = { sent: 'settled', voided: 'settled', already_over: 'done', lost: 'lost' }

/** Sends one stored mail. */
export async function sendEmailJob(app: App, { job }: Lease): Promise<JobEnd> {
  const { email_id } = JOB_PAYLOADS.send_email.parse(job.payload)
  try {
    return ENDS[await sendEmail(app, email_id, job)]
  } finally {
    // Refused ones count as well.
    await app.pause(PAUSE_MS)
  }
}
