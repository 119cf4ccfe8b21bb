/**
 * How many days what is of no use for ever is kept, by what it is; docs/RUNBOOK.md says the same to people. Sums of clicks and checkouts
 * are kept for good, and of a mail that it was sent.
 */
export const KEPT_DAYS = {
  affiliate_clicks: 90,
  /** Longer than Stripe sends an event again. */
  done_jobs: 90,
  mail_bodies: 400,
  checkouts: 30,
  access_codes: 1,
  rate_limits: 1,
} as const

export type Perishable = keyof typeof KEPT_DAYS
export const PERISHABLES = Object.keys(KEPT_DAYS) as Perishable[]
