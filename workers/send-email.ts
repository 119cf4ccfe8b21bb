import type { App } from '../shop/app.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import { sendEmail } from '../shop/mail/send-email.ts'
import type { JobEnd, Lease } from './registry.ts'

/** Resend takes five requests a second and counts per team, so one shop sends two at most. */
const PAUSE_MS = 500

/** Sends one stored mail. */
export async function sendEmailJob(app: App, { job }: Lease): Promise<JobEnd> {
  const { email_id } = JOB_PAYLOADS.send_email.parse(job.payload)
  const outcome = await sendEmail(app, email_id, job)
  if (outcome === 'already_over') return 'done'
  if (outcome === 'voided') return 'settled'
  await app.pause(PAUSE_MS)
  return outcome === 'sent' ? 'settled' : 'lost'
}
