import type { Database } from './database.ts'

type Decision = { orderId: string; actor: string }

/** An order as it is asked about in a decision; null when there is none. */
export type ReviewedOrder = {
  id: string
  status: string
  stripe_session_id: string
  amount_total: number
  currency: string
  review_reason: string | null
}

/** Finds an order by its id. */
export async function findReviewedOrder(db: Database, orderId: string): Promise<ReviewedOrder | null> {
  const rows = await db<ReviewedOrder>`
    select id, status, stripe_session_id, amount_total::float8 as amount_total, currency, review_reason from orders where id = ${orderId}`
  return rows[0] ?? null
}

/**
 * Approves an order in review: the decision, who made it, and the job that will give access, in one statement. The job's sync sees
 * `approved_at` and writes the state that the payment is really in. @returns false when the order is not waiting for a decision
 */
export async function approveInReview(db: Database, { orderId, actor }: Decision): Promise<boolean> {
  const rows = await db`
    with decided as (
      update orders set approved_at = now()
      where id = ${orderId} and status = 'review' and approved_at is null and rejected_at is null returning id, stripe_session_id),
    noted as (
      insert into order_changes (order_id, actor, change) select id, ${actor}, '{"approved": true}' from decided),
    job as (
      insert into jobs (id, kind, payload)
      select 'approve:' || id, 'sync_order', jsonb_build_object('stripe_session_id', stripe_session_id) from decided)
    select id from decided`
  return rows.length > 0
}

/**
 * Rejects an order in review: the decision, who made it, and the job that pays the buyer back, in one statement.
 * @returns false when the order is not waiting for a decision
 */
export async function rejectInReview(db: Database, { orderId, actor }: Decision): Promise<boolean> {
  const rows = await db`
    with decided as (
      update orders set rejected_at = now()
      where id = ${orderId} and status = 'review' and approved_at is null and rejected_at is null returning id, stripe_session_id),
    noted as (
      insert into order_changes (order_id, actor, change) select id, ${actor}, '{"rejected": true}' from decided),
    job as (
      insert into jobs (id, kind, payload)
      select 'reject:' || id, 'refund_order', jsonb_build_object('order_id', id, 'stripe_session_id', stripe_session_id) from decided)
    select id from decided`
  return rows.length > 0
}
