import type { OrderFile } from '../shop/orders/order-timeline.ts'
import type { Database } from './database.ts'

/**
 * Everything that the shop knows of an order, in one statement: what it is about, what Stripe sent, what was mailed, downloaded, paid
 * back and changed; null when there is no such order. Of each, the newest `most`.
 */
export async function findOrderFile(db: Database, orderId: string, most: number): Promise<OrderFile | null> {
  const rows = await db<{ file: OrderFile }>`
    select json_build_object(
      'order', json_build_object('id', o.id, 'stripe_session_id', o.stripe_session_id, 'stripe_payment_intent_id', o.stripe_payment_intent_id,
        'livemode', o.livemode, 'status', o.status, 'review_reason', o.review_reason, 'email', o.email, 'stripe_email', o.stripe_email,
        'currency', o.currency, 'amount_subtotal', o.amount_subtotal, 'amount_discount', o.amount_discount, 'amount_tax', o.amount_tax,
        'amount_total', o.amount_total, 'amount_refunded', o.amount_refunded, 'created_at', o.created_at, 'paid_at', o.paid_at,
        'observed_at', o.observed_at, 'approved_at', o.approved_at, 'rejected_at', o.rejected_at, 'erased_at', o.erased_at,
        'mail_state', (select nullif(a.state, 'reached') from mail_addresses a where a.address = o.email)),
      'items', (select coalesce(json_agg(json_build_object('id', i.id, 'title', i.title, 'slug', p.slug, 'quantity', i.quantity,
          'unit_amount', i.unit_amount, 'amount_total', i.amount_total, 'refunded_at', i.refunded_at, 'revoked_at', i.revoked_at)
          order by i.stripe_line_item_id), '[]')
        from order_items i left join products p on p.id = i.product_id where i.order_id = o.id),
      'jobs', (select coalesce(json_agg(row_to_json(j) order by j.created_at), '[]') from (
        select id, kind, state, attempts, last_error, created_at, finished_at from jobs
        where kind = 'sync_order' and coalesce(payload ->> 'stripe_session_id', payload ->> 'stripe_payment_intent_id')
          = any(array[o.stripe_session_id, o.stripe_payment_intent_id])
        union all
        select id, kind, state, attempts, last_error, created_at, finished_at from jobs
        where id = any(array['reject:' || o.id] || array(select 'refund:' || q.id from refund_requests q where q.order_id = o.id))
        order by created_at desc limit ${most}::int) j),
      'mails', (select coalesce(json_agg(row_to_json(m) order by m.created_at), '[]') from (
        select e.id, e.kind, e.to_address, e.created_at, e.sent_at, e.voided_at, e.delivery, e.delivery_at, e.last_error,
          e.sent_at is null and e.voided_at is null and e.first_attempt_at < now() - interval '23 hours' as is_held,
          (select j.state from jobs j where j.id = 'mail:' || e.id) as job_state
        from emails e where e.order_id = o.id order by e.created_at desc limit ${most}::int) m),
      'downloads', (select coalesce(json_agg(row_to_json(d) order by d.redeemed_at), '[]') from (
        select d.redeemed_at, f.filename, f.version, i.title from order_items i
        join downloads d on d.order_item_id = i.id join product_files f on f.id = d.file_id
        where i.order_id = o.id order by d.redeemed_at desc limit ${most}::int) d),
      'changes', (select coalesce(json_agg(row_to_json(c) order by c.changed_at), '[]') from (
        select actor, change, changed_at from order_changes where order_id = o.id order by id desc limit ${most}::int) c),
      'refunds', (select coalesce(json_agg(json_build_object('id', r.stripe_refund_id, 'amount', r.amount, 'status', r.status,
          'reason', r.reason, 'refunded_at', r.refunded_at) order by r.refunded_at, r.stripe_refund_id), '[]')
        from refunds r where r.order_id = o.id),
      'requests', (select coalesce(json_agg(json_build_object('id', q.id, 'amount', q.amount, 'state', q.state, 'reason', q.reason,
          'actor', q.actor, 'stripe_refund_id', q.stripe_refund_id, 'requested_at', q.requested_at, 'finished_at', q.finished_at)
          order by q.requested_at), '[]')
        from refund_requests q where q.order_id = o.id),
      'disputes', (select coalesce(json_agg(json_build_object('id', d.stripe_dispute_id, 'amount', d.amount, 'status', d.status,
          'reason', d.reason, 'opened_at', d.opened_at) order by d.opened_at), '[]')
        from disputes d where d.order_id = o.id)) as file
    from orders o where o.id = ${orderId}`
  return rows[0]?.file ?? null
}
