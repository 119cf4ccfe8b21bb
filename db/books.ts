import type { BookedRow } from '../shop/books/book-line.ts'
import type { Database } from './database.ts'

type Span = { from: Date; to: Date; livemode: boolean }

/**
 * Everything that moved money from `from` up to, not including, `to`, oldest first: a line for each item that was paid for, each refund,
 * each refund whose money came back, each dispute that took money, and each that gave it back.
 */
export function listBooked(db: Database, { from, to, livemode }: Span): Promise<BookedRow[]> {
  return db<BookedRow>`
    with span as (select ${from}::timestamptz as since, ${to}::timestamptz as until, ${livemode}::boolean as livemode),
    lines as (
      select 'sale' as kind, o.paid_at as at, o.id as order_id, i.id as line_id, i.title, i.quantity, o.currency,
        i.unit_amount * i.quantity as subtotal, i.amount_discount as discount, i.amount_tax as tax, i.amount_total as total,
        o.stripe_session_id as stripe_id, o.stripe_payment_intent_id as payment_intent
      from span, orders o join order_items i on i.order_id = o.id
      where o.paid_at >= since and o.paid_at < until and o.livemode = span.livemode
      union all
      -- Should an order ever say more than its lines do, the books say what was paid.
      select 'sale_rest', o.paid_at, o.id, o.id, '', 1, o.currency, o.amount_total - items.total, 0, 0, o.amount_total - items.total,
        o.stripe_session_id, o.stripe_payment_intent_id
      from span, orders o, lateral (select coalesce(sum(amount_total), 0)::bigint as total from order_items i where i.order_id = o.id) items
      where o.paid_at >= since and o.paid_at < until and o.livemode = span.livemode and items.total <> o.amount_total
      union all
      select 'refund', r.refunded_at, o.id, r.stripe_refund_id, coalesce(r.reason, ''), 1, r.currency, -r.amount, 0, 0, -r.amount,
        r.stripe_refund_id, o.stripe_payment_intent_id
      from span, refunds r join orders o on o.id = r.order_id
      where r.refunded_at >= since and r.refunded_at < until and o.livemode = span.livemode
        and (r.status = 'succeeded' or r.failed_at is not null)
      union all
      select 'refund_returned', r.failed_at, o.id, r.stripe_refund_id, coalesce(r.reason, ''), 1, r.currency, r.amount, 0, 0, r.amount,
        r.stripe_refund_id, o.stripe_payment_intent_id
      from span, refunds r join orders o on o.id = r.order_id
      where r.failed_at >= since and r.failed_at < until and o.livemode = span.livemode
      union all
      select 'dispute', d.withdrawn_at, o.id, d.stripe_dispute_id, coalesce(d.reason, ''), 1, d.currency, -d.amount, 0, 0, -d.amount,
        d.stripe_dispute_id, o.stripe_payment_intent_id
      from span, disputes d join orders o on o.id = d.order_id
      where d.withdrawn_at >= since and d.withdrawn_at < until and o.livemode = span.livemode
      union all
      select 'dispute_returned', d.reinstated_at, o.id, d.stripe_dispute_id, coalesce(d.reason, ''), 1, d.currency, d.amount, 0, 0, d.amount,
        d.stripe_dispute_id, o.stripe_payment_intent_id
      from span, disputes d join orders o on o.id = d.order_id
      where d.reinstated_at >= since and d.reinstated_at < until and o.livemode = span.livemode)
    select kind, at, order_id, line_id, title, quantity, currency, subtotal::float8 as subtotal, discount::float8 as discount,
      tax::float8 as tax, total::float8 as total, stripe_id, payment_intent
    from lines order by at, order_id, kind, line_id`
}
