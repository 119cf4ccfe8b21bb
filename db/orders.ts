import type { ClaimedJob } from '../shop/jobs.ts'
import type { OrderRecord } from '../shop/orders/order-record.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { Database } from './database.ts'

type Written = { held: boolean; order_id: string | null; status: OrderStatus | null }

export type WriteOutcome =
  | { kind: 'written'; orderId: string; status: OrderStatus }
  | { kind: 'older' }
  | { kind: 'lost' }

/** Beside the order itself: the job that asked, whether a sale is told to the seller, and a warning that came with the event. */
export type WriteOptions = { job?: ClaimedJob | undefined; tellSale: boolean; fraudWarningId?: string | undefined }

/**
 * Writes what one observation of a session says, in one statement: order, items, refunds, disputes, every mail that the new state asks
 * for with its job, and the end of the job that asked. An observation older than the row's writes nothing (`older`), and neither does a
 * job whose lease was lost (`lost`). Our own columns (email, claim_hash, approved_at, access_epoch, revoked_at) are set on insert and
 * never again. Mails are keyed by what they are about, so that each goes out once however often the state is written.
 * @throws NeonDbError 23514 when the database refuses the transition; see migration 0004
 */
export async function writeOrder(db: Database, order: OrderRecord, options: WriteOptions): Promise<WriteOutcome> {
  const { job, tellSale, fraudWarningId } = options
  const rows = await db<Written>`
    with fin as (
      update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
      where id = ${job?.id ?? null} and fence = ${job?.fence ?? 0} and state = 'open' returning id),
    gate as (select 1 as held where ${job === undefined}::boolean union all select 1 from fin),
    refund as (
      select * from jsonb_to_recordset(${JSON.stringify(order.refunds)}::jsonb)
        as x(id text, amount bigint, currency text, status text, reason text, "createdAt" timestamptz, "hasReturned" boolean)),
    dispute as (
      select * from jsonb_to_recordset(${JSON.stringify(order.disputes)}::jsonb)
        as x(id text, amount bigint, currency text, status text, reason text, "createdAt" timestamptz, "withdrawnAt" timestamptz,
          "reinstatedAt" timestamptz)),
    refunded as (
      select * from jsonb_to_recordset(${JSON.stringify(order.refunded_items)}::jsonb)
        as x(stripe_line_item_id text, order_item_id text, at timestamptz)),
    o as (
      insert into orders (id, stripe_session_id, stripe_payment_intent_id, livemode, status, review_reason, email, stripe_email,
        claim_hash, currency, amount_subtotal, amount_discount, amount_tax, amount_total, amount_refunded, paid_at, observed_at)
      select ${order.id}, ${order.stripe_session_id}, ${order.stripe_payment_intent_id}, ${order.livemode}::boolean, ${order.status},
        ${order.review_reason}, ${order.email}, ${order.stripe_email}, ${order.claim_hash}, ${order.currency},
        ${order.amount_subtotal}::bigint, ${order.amount_discount}::bigint, ${order.amount_tax}::bigint, ${order.amount_total}::bigint,
        ${order.amount_refunded}::bigint, ${order.paid_at}::timestamptz, ${order.observed_at}::timestamptz
      from gate
      on conflict (stripe_session_id) do update set
        stripe_payment_intent_id = excluded.stripe_payment_intent_id,
        -- What was put aside stays so until the seller decides, or the money has gone back.
        status = case when orders.approved_at is not null then ${order.approved_status}
          when orders.status = 'review' and excluded.status <> 'refunded' then 'review' else excluded.status end,
        review_reason = coalesce(excluded.review_reason, orders.review_reason), 
        -- An address that was erased does not come back.
        stripe_email = case when orders.erased_at is null then excluded.stripe_email end, currency = excluded.currency,
        amount_subtotal = excluded.amount_subtotal, amount_discount = excluded.amount_discount, amount_tax = excluded.amount_tax,
        amount_total = excluded.amount_total, amount_refunded = excluded.amount_refunded,
        paid_at = coalesce(orders.paid_at, excluded.paid_at), observed_at = excluded.observed_at
      where excluded.observed_at > orders.observed_at
      returning id, status),
    i as (
      insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_discount,
        amount_tax, amount_total, refunded_at)
      select x.id, o.id, x.stripe_line_item_id, (select p.id from products p where p.id = x.product_id), x.title, x.quantity,
        x.unit_amount, x.amount_discount, x.amount_tax, x.amount_total,
        (select min(at) from refunded where refunded.stripe_line_item_id = x.stripe_line_item_id)
      from o, jsonb_to_recordset(${JSON.stringify(order.items)}::jsonb) as x(id text, stripe_line_item_id text, product_id text,
        title text, quantity int, unit_amount bigint, amount_discount bigint, amount_tax bigint, amount_total bigint)
      on conflict (order_id, stripe_line_item_id) do update set amount_discount = excluded.amount_discount,
        amount_tax = excluded.amount_tax, refunded_at = (
        select min(at) from refunded where refunded.stripe_line_item_id = order_items.stripe_line_item_id
          or refunded.order_item_id = order_items.id)),
    r as (
      insert into refunds (stripe_refund_id, order_id, amount, currency, status, reason, refunded_at, failed_at)
      select x.id, o.id, x.amount, x.currency, x.status, x.reason, x."createdAt",
        -- Stripe does not say when; the first look after it is the nearest that we know.
        case when x."hasReturned" then ${order.observed_at}::timestamptz end from o, refund x
      on conflict (stripe_refund_id) do update set amount = excluded.amount, status = excluded.status, reason = excluded.reason,
        failed_at = case when excluded.failed_at is not null then coalesce(refunds.failed_at, excluded.failed_at) end),
    d as (
      insert into disputes (stripe_dispute_id, order_id, amount, currency, status, reason, opened_at, withdrawn_at, reinstated_at)
      select x.id, o.id, x.amount, x.currency, x.status, x.reason, x."createdAt", x."withdrawnAt", x."reinstatedAt" from o, dispute x
      on conflict (stripe_dispute_id) do update set amount = excluded.amount, status = excluded.status, reason = excluded.reason,
        withdrawn_at = excluded.withdrawn_at, reinstated_at = excluded.reinstated_at),
    asked as (
      select 'receipt:' || o.id as id, 'receipt' as kind, o.id as order_id, '{}'::jsonb as payload
        from o where o.status not in ('pending', 'failed', 'review')
      union all select 'payment_failed:' || o.id, 'payment_failed', o.id, '{}' from o where o.status = 'failed'
      union all select 'refund:' || x.id, 'refund', o.id, jsonb_build_object('stripe_refund_id', x.id)
        from o, refund x where x.status = 'succeeded'
      union all select 'refund_failed:' || x.id, 'refund_failed', o.id, jsonb_build_object('stripe_refund_id', x.id)
        from o, refund x join emails told on told.id = 'refund:' || x.id
        where x.status in ('failed', 'canceled') and (told.sent_at is not null or told.first_attempt_at is not null)
      union all select 'seller_sale:' || o.id, 'seller_sale', o.id, '{}'
        from o where ${tellSale}::boolean and o.status in ('paid', 'partially_refunded', 'disputed')
      union all select 'seller_review:' || o.id, 'seller_review', o.id, '{}' from o where o.status = 'review'
      union all select 'seller_dispute:' || x.id || case when x.status in ('won', 'lost', 'prevented', 'warning_closed') then ':' || x.status else '' end,
        'seller_dispute', o.id, jsonb_build_object('stripe_dispute_id', x.id) from o, dispute x
      -- The warning came with the event, so it must be told even when a newer observation has been written already.
      union all select 'seller_fraud:' || ${fraudWarningId ?? null}, 'seller_fraud', known.id, '{}'
        from gate, (select id from o union select id from orders where stripe_session_id = ${order.stripe_session_id}) known
        where ${fraudWarningId !== undefined}::boolean),
    m as (
      insert into emails (id, kind, order_id, payload) select id, kind, order_id, payload from asked
      on conflict (id) do nothing returning id),
    j as (
      insert into jobs (id, kind, payload)
      select 'mail:' || m.id, 'send_email', jsonb_build_object('email_id', m.id) from m)
    select exists (select 1 from gate) as held, (select id from o) as order_id, (select status from o) as status`
  const [written] = rows
  if (!written?.held) return { kind: 'lost' }
  if (written.order_id === null || written.status === null) return { kind: 'older' }
  return { kind: 'written', orderId: written.order_id, status: written.status }
}
