import type { Database } from '../../../db/database.ts'
import type { ClaimedJob } from '../../../shop/jobs.ts'

/** Effect and completion in one statement behind the fence, in the shape of db/orders.ts: the effect happens exactly once. */
export async function settleWithOrder(db: Database, job: ClaimedJob): Promise<void> {
  await db`
    with fin as (
      update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
      where id = ${job.id} and fence = ${job.fence} and state = 'open' returning id),
    o as (
      insert into bench_orders (id, session_id, status, amount_total)
      select 'ord_' || id, 'cs_' || id, 'paid', 1900 from fin on conflict (session_id) do nothing)
    select count(*) from fin`
}

/** The same for a whole batch. */
export async function settleWithOrders(db: Database, jobs: ClaimedJob[]): Promise<void> {
  const finished = JSON.stringify(jobs.map(({ id, fence }) => ({ id, fence })))
  await db`
    with finished as materialized (select id, fence from jsonb_to_recordset(${finished}::jsonb) as x(id text, fence int)),
    fin as (
      update jobs j set state = 'done', finished_at = now(), lease_until = '-infinity'
      where j.id = any(array(select id from finished)) and j.finished_at is null
        and ((j.id, j.fence) in (select id, fence from finished)) is true
      returning j.id),
    o as (
      insert into bench_orders (id, session_id, status, amount_total)
      select 'ord_' || id, 'cs_' || id, 'paid', 1900 from fin on conflict (session_id) do nothing)
    select count(*) from fin`
}
