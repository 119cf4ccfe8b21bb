import type { ClaimedJob } from '../shop/jobs.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { Database } from './database.ts'

/** A mail as it is stored; the texts are null until it is rendered. */
export type StoredEmail = {
  id: string
  kind: string
  to_address: string | null
  subject: string | null
  html: string | null
  body_text: string | null
  is_rendered: boolean
  is_sent: boolean
}

/** What a mail about an order is written from; amounts in minor units of `currency`. */
export type MailOrder = {
  id: string
  status: OrderStatus
  email: string | null
  currency: string
  amount_subtotal: number
  amount_discount: number
  amount_tax: number
  amount_total: number
  amount_refunded: number
  access_epoch: number
  paid_at: Date | null
  items: { title: string; quantity: number; unit_amount: number }[]
}

export async function findEmail(db: Database, id: string): Promise<(StoredEmail & { order: MailOrder | null }) | null> {
  const rows = await db<StoredEmail & { order: (Omit<MailOrder, 'paid_at'> & { paid_at: string | null }) | null }>`
    select e.id, e.kind, e.to_address, e.subject, e.html, e.body_text, e.rendered_at is not null as is_rendered,
           e.sent_at is not null as is_sent,
           (select json_build_object('id', o.id, 'status', o.status, 'email', o.email, 'currency', o.currency,
              'amount_subtotal', o.amount_subtotal, 'amount_discount', o.amount_discount, 'amount_tax', o.amount_tax,
              'amount_total', o.amount_total, 'amount_refunded', o.amount_refunded, 'access_epoch', o.access_epoch, 'paid_at', o.paid_at,
              'items', (select json_agg(json_build_object('title', i.title, 'quantity', i.quantity, 'unit_amount', i.unit_amount)
                 order by i.stripe_line_item_id) from order_items i where i.order_id = o.id))
            from orders o where o.id = e.order_id) as order
    from emails e where e.id = ${id}`
  const [row] = rows
  if (!row) return null
  return {
    ...row,
    order: row.order && { ...row.order, paid_at: row.order.paid_at ? new Date(row.order.paid_at) : null },
  }
}

export type RenderedEmail = { to: string; subject: string; html: string; text: string }

/** Stores what a mail says, unless it has been stored before: the bytes must never change between two sends. */
export async function storeRendered(db: Database, id: string, mail: RenderedEmail): Promise<void> {
  await db`
    update emails set to_address = ${mail.to}, subject = ${mail.subject}, html = ${mail.html}, body_text = ${mail.text}, rendered_at = now()
    where id = ${id} and rendered_at is null`
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
    where e.id = before.id and e.rendered_at is not null and e.sent_at is null
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
      update emails set sent_at = coalesce(sent_at, now()), resend_id = ${sent.resendId}, last_error = null
      where id = ${sent.emailId} returning id)
    update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
    from sent where jobs.id = ${job.id} and jobs.fence = ${job.fence} and jobs.state = 'open' returning jobs.id`
  return rows.length > 0
}

/** Notes why a send failed. `forget` clears the first attempt: this very attempt set it, and Resend surely did not send. */
export async function recordFailure(
  db: Database,
  id: string,
  failure: { reason: string; forget: boolean },
): Promise<void> {
  await db`
    update emails set last_error = left(${failure.reason}, 2000),
      first_attempt_at = case when ${failure.forget}::boolean then null else first_attempt_at end
    where id = ${id} and sent_at is null`
}
