import type { ClaimedJob } from '../shop/jobs.ts'
import type { MailOrder, MailPayload } from '../shop/mail/mail-subject.ts'
import type { Database } from './database.ts'

/**
 * A mail as it stands; `is_over` when it was sent, another carries it, or its reason has gone; `is_code_over` and
 * `is_link_over` when the code, or the link to the portal, in it, if any, works no more; `is_erased` when its order's
 * buyer was erased.
 */
type StoredEmail = {
  id: string
  kind: string
  payload: MailPayload
  is_rendered: boolean
  is_attempted: boolean
  is_over: boolean
  is_code_over: boolean
  is_link_over: boolean
  is_erased: boolean
}

export type FoundEmail = StoredEmail & { order: MailOrder | null }

export async function findEmail(db: Database, id: string): Promise<FoundEmail | null> {
  const [email] = await findEmails(db, [id])
  return email ?? null
}

/** These mails, in this order; those that there are not are left out. */
export async function findEmails(db: Database, ids: string[]): Promise<FoundEmail[]> {
  const rows = await db<StoredEmail & { order: (Omit<MailOrder, 'paid_at'> & { paid_at: string | null }) | null }>`
    select e.id, e.kind, e.payload, e.rendered_at is not null as is_rendered, e.first_attempt_at is not null as is_attempted,
           e.sent_at is not null or e.voided_at is not null or e.told_in is not null as is_over,
           not exists (select 1 from access_codes c where c.id = split_part(e.id, ':', 2) and c.redeemed_at is null
             and c.tries < 10 and c.expires_at > now()) as is_code_over,
           not exists (select 1 from portal_links l where l.id = split_part(e.id, ':', 2) and l.opened_at is null
             and l.expires_at > now()) as is_link_over,
           exists (select 1 from orders o where o.id = e.order_id and o.erased_at is not null and o.email is null) as is_erased,
           (select json_build_object('id', o.id, 'stripe_session_id', o.stripe_session_id,
              'stripe_payment_intent_id', o.stripe_payment_intent_id, 'livemode', o.livemode, 'status', o.status,
              'review_reason', o.review_reason, 'email', o.email, 'currency', o.currency,
              'amount_subtotal', o.amount_subtotal, 'amount_discount', o.amount_discount, 'amount_tax', o.amount_tax,
              'amount_total', o.amount_total, 'amount_refunded', o.amount_refunded, 'access_epoch', o.access_epoch, 'paid_at', o.paid_at,
              'items', (select json_agg(json_build_object('title', i.title, 'quantity', i.quantity, 'unit_amount', i.unit_amount,
                 'amount_discount', i.amount_discount, 'amount_tax', i.amount_tax)
                 order by i.stripe_line_item_id) from order_items i where i.order_id = o.id),
              'refunds', (select coalesce(json_agg(json_build_object('stripe_refund_id', r.stripe_refund_id, 'amount', r.amount,
                 'status', r.status)), '[]') from refunds r where r.order_id = o.id),
              'disputes', (select coalesce(json_agg(json_build_object('stripe_dispute_id', d.stripe_dispute_id, 'amount', d.amount,
                 'status', d.status, 'reason', d.reason)), '[]') from disputes d where d.order_id = o.id))
            from orders o where o.id = e.order_id) as order
    from emails e where e.id = any(${ids}::text[])
    order by array_position(${ids}::text[], e.id)`
  return rows.map((row) => ({
    ...row,
    order: row.order && { ...row.order, paid_at: row.order.paid_at ? new Date(row.order.paid_at) : null },
  }))
}

export type RenderedEmail = { to: string; subject: string; html: string; text: string }

/**
 * Stores what a mail says, unless it has been stored before: the bytes must never change between two sends. One that was voided meanwhile
 * must not bring an address back.
 */
export async function storeRendered(db: Database, id: string, mail: RenderedEmail): Promise<void> {
  await db`
    update emails set to_address = ${mail.to}, subject = ${mail.subject}, html = ${mail.html}, body_text = ${mail.text}, rendered_at = now()
    where id = ${id} and rendered_at is null and voided_at is null`
}

export type Attempt = { to_address: string; subject: string; html: string; body_text: string; is_first: boolean }

/**
 * Begins to send, if that is still safe: Resend remembers a key for 24 h, so a mail whose first attempt is 23 h old is held for a
 * person. @returns null when it has been sent, or is held
 */
export async function beginAttempt(db: Database, id: string): Promise<Attempt | null> {
  const rows = await db<Attempt>`
    with before as (select id, first_attempt_at is null as is_first from emails where id = ${id} for update)
    update emails e set first_attempt_at = coalesce(e.first_attempt_at, clock_timestamp())
    from before
    where e.id = before.id and e.rendered_at is not null and e.sent_at is null and e.voided_at is null and e.told_in is null
      and coalesce(e.first_attempt_at, clock_timestamp()) > clock_timestamp() - interval '23 hours'
    returning e.to_address, e.subject, e.html, e.body_text, before.is_first`
  return rows[0] ?? null
}

/** Records that Resend took the mail, and settles its job, in one statement. @returns false when the job's lease was lost */
export async function recordSent(
  db: Database,
  job: ClaimedJob,
  sent: { emailId: string; resendId: string },
): Promise<boolean> {
  const rows = await db`
    with sent as (
      update emails set sent_at = coalesce(sent_at, now()), resend_id = ${sent.resendId}, last_error = null,
        -- Voided while it was on its way: it went out all the same.
        voided_at = null
      where id = ${sent.emailId} returning id)
    update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
    from sent where jobs.id = ${job.id} and jobs.fence = ${job.fence} and jobs.state = 'open' returning jobs.id`
  return rows.length > 0
}

type SendFailure = { emailId: string; reason: string; forget: boolean }

/**
 * Notes why a send failed. `forget` clears the first attempt: this very attempt set it, and Resend surely did not send. A worker that has
 * lost its lease forgets nothing: the one that took over may have sent since, counting on that first attempt.
 */
export async function recordFailure(
  db: Database,
  job: ClaimedJob,
  { emailId, reason, forget }: SendFailure,
): Promise<void> {
  await db`
    update emails set last_error = left(${reason}, 2000),
      first_attempt_at = case when ${forget}::boolean
        and exists (select 1 from jobs where id = ${job.id} and fence = ${job.fence} and state = 'open') then null else first_attempt_at end
    where id = ${emailId} and sent_at is null`
}

/** Ends a mail whose reason has gone before it was ever tried, and its job, in one statement. @returns false when it was tried meanwhile, or the lease was lost */
export async function voidEmail(db: Database, job: ClaimedJob, id: string): Promise<boolean> {
  const rows = await db`
    with void as (
      update emails set voided_at = now() where id = ${id} and sent_at is null and first_attempt_at is null returning id)
    update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
    from void where jobs.id = ${job.id} and jobs.fence = ${job.fence} and jobs.state = 'open' returning jobs.id`
  return rows.length > 0
}
