import type { Database } from './database.ts'

type Change = { orderId: string; actor: string }

/**
 * Sends an order's receipt once more: the mail under a key of its own, its job and the history, in one statement.
 * @param key whoever asks twice with the same one sends one mail
 * @returns the address, or null when there is nothing to send or nobody to send it to
 */
export async function insertReceipt(
  db: Database,
  { orderId, actor, key }: Change & { key: string },
): Promise<string | null> {
  const rows = await db<{ email: string }>`
    with o as (
      select id, email from orders where id = ${orderId} and status not in ('pending', 'failed', 'review') and email is not null),
    m as (
      insert into emails (id, kind, order_id) select 'receipt:' || id || ':resend:' || ${key}::text, 'receipt', id from o
      on conflict (id) do nothing returning id, order_id),
    j as (
      insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m),
    noted as (
      insert into order_changes (order_id, actor, change) select order_id, ${actor}, '{"receipt": "sent again"}' from m)
    select email from o`
  return rows[0]?.email ?? null
}

type ItemChange = Change & { itemId: string; isRevoked: boolean }

/** Takes access to an item away or gives it back, with its history, in one statement. @returns false when it was so already, or there is none */
export async function changeItemAccess(
  db: Database,
  { orderId, itemId, isRevoked, actor }: ItemChange,
): Promise<boolean> {
  const rows = await db`
    with i as (
      update order_items set revoked_at = case when ${isRevoked}::boolean then now() end
      where id = ${itemId} and order_id = ${orderId} and (revoked_at is null) = ${isRevoked}::boolean returning id, order_id, title),
    noted as (
      insert into order_changes (order_id, actor, change)
      select order_id, ${actor}, jsonb_build_object(case when ${isRevoked}::boolean then 'revoked' else 'restored' end, title) from i)
    select id from i`
  return rows.length > 0
}

/** Notes in an order's history that somebody had it compared with Stripe. */
export async function noteSync(db: Database, { orderId, actor }: Change): Promise<void> {
  await db`insert into order_changes (order_id, actor, change) select id, ${actor}, '{"synced": true}' from orders where id = ${orderId}`
}

/** The state, the checkout session and the items of an order; null when there is none. */
export type CaredOrder = {
  stripe_session_id: string
  status: string
  email: string | null
  items: { id: string; title: string }[]
}

export async function findCaredOrder(db: Database, orderId: string): Promise<CaredOrder | null> {
  const rows = await db<CaredOrder>`
    select o.stripe_session_id, o.status, o.email, coalesce((select json_agg(json_build_object('id', i.id, 'title', i.title)
      order by i.stripe_line_item_id) from order_items i where i.order_id = o.id), '[]') as items
    from orders o where o.id = ${orderId}`
  return rows[0] ?? null
}
