import type { Database } from './database.ts'

/** How the buyer names the order: the session, and the hash of the claim of the browser that bought. */
export type BuyersOrder = { sessionId: string; claimHash: string }

/** `actor` is who of the seller's people does it, for the order's history. */
export type SellersOrder = { orderId: string; actor: string }

export type EmailChange = { email: string; by: BuyersOrder | SellersOrder }

/**
 * Changes an order's address, in one statement: the row, its history, a new receipt with its job, and the end of older links, of codes
 * and of mails that nobody has tried to send yet. A buyer may within an hour of paying, once, also when asked twice at the same time; the seller may at any time.
 * @returns false when nothing was changed; `findEmailState` says why
 */
export async function changeEmail(db: Database, { email, by }: EmailChange): Promise<boolean> {
  const orderId = 'orderId' in by ? by.orderId : null
  const { sessionId, claimHash } = 'orderId' in by ? { sessionId: null, claimHash: null } : by
  const actor = 'orderId' in by ? by.actor : 'buyer'
  const rows = await db`
    with before as (
      select id, email from orders
      where (id = ${orderId} or (stripe_session_id = ${sessionId} and claim_hash = ${claimHash}
          and email_corrected_at is null and paid_at > now() - interval '60 minutes'))
        and email is distinct from ${email}
      for update),
    o as (
      update orders set email = ${email}, access_epoch = access_epoch + 1,
        email_corrected_at = case when ${orderId === null}::boolean then now() else email_corrected_at end
      from before where orders.id = before.id
      returning orders.id, orders.access_epoch, orders.status, before.email as old_email),
    noted as (
      insert into order_changes (order_id, actor, change)
      select id, ${actor}, jsonb_build_object('email', jsonb_build_object('from', old_email, 'to', ${email}::text)) from o),
    stale as (
      update emails set voided_at = now() from o
      where emails.order_id = o.id and emails.kind in ('receipt', 'links_ready', 'access_link', 'access_code')
        and emails.sent_at is null and emails.first_attempt_at is null and emails.voided_at is null),
    codes as (
      update access_codes c set expires_at = least(c.expires_at, now()) from o where c.order_id = o.id),
    m as (
      insert into emails (id, kind, order_id)
      select 'receipt:' || id || ':' || access_epoch, 'receipt', id from o where status not in ('pending', 'failed', 'review')
      on conflict (id) do nothing returning id),
    j as (
      insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m)
    select id from o`
  return rows.length > 0
}

/** What stands in the way of a change. */
export type EmailState = { email: string | null; is_corrected: boolean; is_late: boolean }

/** How an order's address stands, for whoever could not change it; null when there is no such order, or not for this browser. */
export async function findEmailState(db: Database, by: EmailChange['by']): Promise<EmailState | null> {
  const orderId = 'orderId' in by ? by.orderId : null
  const { sessionId, claimHash } = 'orderId' in by ? { sessionId: null, claimHash: null } : by
  const rows = await db<EmailState>`
    select email, email_corrected_at is not null as is_corrected,
      paid_at is null or paid_at <= now() - interval '60 minutes' as is_late
    from orders where id = ${orderId} or (stripe_session_id = ${sessionId} and claim_hash = ${claimHash})`
  return rows[0] ?? null
}
