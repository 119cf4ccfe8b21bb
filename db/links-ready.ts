import type { Database } from './database.ts'

/**
 * Stores the mail "your download links are ready" of an order that gives access, with its job, in one statement; once in each 24 hours
 * since the payment. @returns whether it is news
 */
export async function raiseLinksReady(db: Database, orderId: string): Promise<boolean> {
  const rows = await db`
    with m as (
      insert into emails (id, kind, order_id)
      select links_ready_mail(o.id, o.paid_at), 'links_ready', o.id from orders o
      where o.id = ${orderId} and o.status in ('paid', 'partially_refunded') and o.email is not null
      on conflict (id) do nothing returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m
    returning id`
  return rows.length > 0
}
