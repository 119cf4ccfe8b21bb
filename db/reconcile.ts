import type { JobPayload } from '../shop/jobs.ts'
import type { MailPayload } from '../shop/mail/mail-subject.ts'
import type { KnownOrder } from '../shop/reconcile/known-order.ts'
import type { Database } from './database.ts'

/** The orders of these checkout sessions and payment intents, with all of their refunds and disputes. */
export function findKnownOrders(
  db: Database,
  { sessionIds, paymentIntentIds }: { sessionIds: string[]; paymentIntentIds: string[] },
): Promise<KnownOrder[]> {
  return db<KnownOrder>`
    select o.id, o.stripe_session_id, o.stripe_payment_intent_id, o.status, o.currency, o.amount_total::float8 as amount_total,
      o.amount_refunded::float8 as amount_refunded, o.review_reason is not null and o.approved_at is null as is_mismatch,
      coalesce((select json_agg(json_build_object('id', r.stripe_refund_id, 'status', r.status, 'amount', r.amount,
        'currency', r.currency)) from refunds r where r.order_id = o.id), '[]') as refunds,
      coalesce((select json_agg(json_build_object('id', d.stripe_dispute_id, 'status', d.status, 'amount', d.amount,
        'currency', d.currency)) from disputes d where d.order_id = o.id), '[]') as disputes
    from orders o
    where o.stripe_session_id = any(${sessionIds}::text[]) or o.stripe_payment_intent_id = any(${paymentIntentIds}::text[])`
}

/** `tells` is what the seller is told of it, if anything. */
export type WantedSync = { id: string; payload: JobPayload<'sync_order'>; tells?: MailPayload }

/**
 * Asks for syncs under ids that can be asked for again: a job that is done or dead opens anew, one that is open stays as it is, and the
 * fence stays in any case. What the seller is told is stored by the same statement, once a day for each of them.
 * @param spacing seconds between two of them @returns how many were opened
 */
export async function enqueueSyncs(db: Database, syncs: WantedSync[], spacing = 0): Promise<number> {
  const rows = await db`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(syncs)}::jsonb) as x(id text, payload jsonb, tells jsonb)),
    opened as (
      insert into jobs (id, kind, payload, due_at)
      select x.id, 'sync_order', x.payload, now() + (row_number() over () - 1) * ${spacing}::float8 * interval '1 second' from wanted x
      on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, due_at = excluded.due_at,
        lease_until = '-infinity', finished_at = null
        where jobs.state <> 'open'
      returning id),
    notes as (
      insert into emails (id, kind, payload)
      select 'seller_reconciled:' || id || ':' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD'), 'seller_reconciled', x.tells
      from opened join wanted x using (id) where x.tells is not null
      on conflict (id) do nothing returning id),
    mails as (
      insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from notes)
    select id from opened`
  return rows.length
}

/**
 * The sessions of every order that Stripe may still change however old it is, longest unseen first: pending, disputed, or with a refund
 * or a dispute that is under way.
 */
export async function findUnsettled(db: Database): Promise<string[]> {
  const rows = await db<{ stripe_session_id: string }>`
    select stripe_session_id from orders o
    where status in ('pending', 'disputed')
      or exists (select 1 from refunds r where r.order_id = o.id and r.status not in ('succeeded', 'failed', 'canceled'))
      or exists (select 1 from disputes d where d.order_id = o.id and d.status not in ('won', 'lost', 'prevented', 'warning_closed'))
    order by observed_at`
  return rows.map(({ stripe_session_id }) => stripe_session_id)
}

/**
 * A mail that was not sent and that nobody is at. `lost`: it has no job, or one that is done; `dead`: its job has given up;
 * `held`: nobody knows whether it went out more than 23 hours ago, so a person must decide.
 */
export type UnsentMail = { id: string; order_id: string | null; state: 'lost' | 'dead' | 'held'; reason: string | null }

/** The unsent mails without an open job, oldest first. */
export function findUnsent(db: Database): Promise<UnsentMail[]> {
  return db<UnsentMail>`
    select e.id, e.order_id, coalesce(j.last_error, e.last_error) as reason,
      case when e.first_attempt_at <= clock_timestamp() - interval '23 hours' then 'held'
        when j.state = 'dead' then 'dead' else 'lost' end as state
    from emails e left join jobs j on j.id = 'mail:' || e.id
    where e.sent_at is null and e.voided_at is null and e.told_in is null and j.state is distinct from 'open'
    order by e.created_at`
}

/** Opens the jobs of these mails, or inserts them anew; the fence stays. @returns how many were opened */
export async function enqueueMails(db: Database, emailIds: string[]): Promise<number> {
  const rows = await db`
    insert into jobs (id, kind, payload)
    select 'mail:' || e.id, 'send_email', jsonb_build_object('email_id', e.id)
    from emails e where e.id = any(${emailIds}::text[]) and e.sent_at is null and e.told_in is null
    on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, due_at = now(), lease_until = '-infinity',
      finished_at = null
      where jobs.state <> 'open'
    returning id`
  return rows.length
}
