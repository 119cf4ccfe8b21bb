import type { Database } from './database.ts'

/** What somebody who asks for a fresh link can name an order by. */
export type OrderReference = { sessionId: string } | { orderId: string } | { orderItemId: string }

/**
 * Stores the mail with a fresh link and its job in one statement, if the address is the order's, once for each order and hour. Whether
 * there is such an order cannot be told from outside. @returns whether a mail goes out
 */
export async function offerAccessLink(db: Database, email: string, by: OrderReference): Promise<boolean> {
  const sessionId = 'sessionId' in by ? by.sessionId : null
  const orderId = 'orderId' in by ? by.orderId : null
  const orderItemId = 'orderItemId' in by ? by.orderItemId : null
  const rows = await db`
    with m as (
      insert into emails (id, kind, order_id)
      select 'access_link:' || o.id || ':' || floor(extract(epoch from clock_timestamp()) / 3600), 'access_link', o.id
      from orders o
      where o.email = ${email} and (o.stripe_session_id = ${sessionId} or o.id = ${orderId}
        or o.id = (select order_id from order_items where id = ${orderItemId}))
      on conflict (id) do nothing returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m
    returning id`
  return rows.length > 0
}
