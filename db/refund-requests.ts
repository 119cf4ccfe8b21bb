import type { PlannedRefund, RefundableOrder } from '../shop/orders/wanted-refund.ts'
import type { Database } from './database.ts'

/** An order as far as it matters for paying back; null when there is none. */
export async function findRefundable(db: Database, orderId: string): Promise<RefundableOrder | null> {
  const rows = await db<RefundableOrder>`
    select o.id, o.stripe_session_id, o.status, o.email, o.currency, o.amount_total::float8 as amount_total,
      o.amount_refunded::float8 as amount_refunded, o.refunds_asked, coalesce(q.reserved, 0)::float8 as reserved,
      coalesce(q.is_asked, false) as is_asked,
      coalesce((select json_agg(json_build_object('id', i.id, 'title', i.title, 'amount_total', i.amount_total,
          'refunded_at', i.refunded_at, 'is_asked', i.id = any(q.items)) order by i.stripe_line_item_id)
        from order_items i where i.order_id = o.id), '[]') as items
    from orders o
    left join lateral (
      select sum(amount) as reserved, bool_or(state = 'open') as is_asked,
        coalesce(array_agg(item) filter (where item is not null), '{}') as items
      from (
        select case when row_number() over (partition by r.id) = 1 then r.amount else 0 end as amount, r.state, item
        from refund_requests r left join unnest(r.order_item_ids) as item on true
        where r.order_id = o.id and (r.state = 'open'
          or (r.state = 'made' and not exists (select 1 from refunds f where f.stripe_refund_id = r.stripe_refund_id)))) as open) q on true
    where o.id = ${orderId}`
  return rows[0] ?? null
}

/** A request for a refund; `reason` is why Stripe refused it. */
export type RefundRequest = {
  id: string
  order_id: string
  stripe_session_id: string
  amount: number
  currency: string
  order_item_ids: string[]
  state: 'open' | 'made' | 'refused'
  stripe_refund_id: string | null
  reason: string | null
}

/** Finds a request by its id; null when there is none. */
export async function findRefundRequest(db: Database, id: string): Promise<RefundRequest | null> {
  const rows = await db<RefundRequest>`
    select q.id, q.order_id, o.stripe_session_id, q.amount::float8 as amount, q.currency, q.order_item_ids, q.state,
      q.stripe_refund_id, q.reason
    from refund_requests q join orders o on o.id = q.order_id where q.id = ${id}`
  return rows[0] ?? null
}

/** Whether the same was paid back within a day: who does it again may only have pressed twice. */
export async function isRepeated(db: Database, orderId: string, { amount, itemIds }: PlannedRefund): Promise<boolean> {
  const rows = await db`
    select 1 as found from refund_requests
    where order_id = ${orderId} and amount = ${amount}::bigint and order_item_ids = ${itemIds}::text[] and state <> 'refused'
      and requested_at > now() - interval '1 day' limit 1`
  return rows.length > 0
}

type Asked = PlannedRefund & { id: string; actor: string }

/**
 * Writes a refund down, with its history and the job that makes it if nobody else does, in one statement: only if nothing has been asked
 * for or paid back since the order was read, so that of two who ask at once one is told. @returns whether it was written
 */
export async function insertRefundRequest(db: Database, order: RefundableOrder, asked: Asked): Promise<boolean> {
  const { id, amount, itemIds, actor } = asked
  const rows = await db`
    with o as (
      update orders set refunds_asked = refunds_asked + 1
      where id = ${order.id} and refunds_asked = ${order.refunds_asked} and amount_refunded = ${order.amount_refunded}::bigint
        and amount_refunded + ${order.reserved}::bigint + ${amount}::bigint <= amount_total
        and not exists (select 1 from refund_requests where id = ${id})
      returning id, currency),
    q as (
      insert into refund_requests (id, order_id, amount, currency, order_item_ids, actor)
      select ${id}, id, ${amount}::bigint, currency, ${itemIds}::text[], ${actor} from o returning id, order_id, amount, currency),
    noted as (
      insert into order_changes (order_id, actor, change)
      select order_id, ${actor}, jsonb_build_object('refund', jsonb_build_object('request', id, 'amount', amount, 'currency', currency))
      from q),
    j as (
      insert into jobs (id, kind, payload, due_at)
      select 'refund:' || id, 'make_refund', jsonb_build_object('refund_request_id', id), now() + interval '1 minute' from q)
    select id from q`
  return rows.length > 0
}

type Answer = { state: 'made'; refundId: string } | { state: 'refused'; reason: string }

/** Writes Stripe's answer down and ends the job, in one statement; a request that was answered keeps its answer. */
export async function settleRefundRequest(db: Database, id: string, answer: Answer): Promise<void> {
  const { refundId, reason } = { refundId: null, reason: null, ...answer }
  await db`
    with q as (
      update refund_requests set state = ${answer.state}, stripe_refund_id = ${refundId}, reason = left(${reason}::text, 1000), finished_at = now()
      where id = ${id} and state = 'open')
    update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
    where id = 'refund:' || ${id}::text and state = 'open' and lease_until < now()`
}
