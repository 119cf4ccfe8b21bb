import type { Database } from '../../db/database.ts'
import type { ClaimedJob } from '../../shop/jobs.ts'

/**
 * The queue's statements as the first release sent them, word for word: what a function that is still running, or that a rollback brought
 * back, sends to a database that a newer release has migrated. They must go on working, so they are never changed here.
 */
export const firstRelease = {
  enqueue: (db: Database, job: { id: string; kind: string; payload: object }) =>
    db`
    insert into jobs (id, kind, payload) values (${job.id}, ${job.kind}, ${JSON.stringify(job.payload)}::jsonb)
    on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, due_at = now(), lease_until = '-infinity',
      finished_at = null
      where jobs.state = 'dead'
    returning id`,

  claim: (db: Database, ask: { limit: number; leaseSeconds: number; holder: string }) =>
    db<{ slot: number | null; observed_at: string; jobs: ClaimedJob[] }>`
    with free as (
      select slot from worker_slots where holder = ${ask.holder} or lease_until <= now()
      order by (holder = ${ask.holder}) desc nulls last, slot limit 1 for update skip locked),
    due as materialized (
      select j.id from jobs j, free
      where j.state = 'open' and j.due_at <= now() and j.lease_until <= now() and (j.kind <> 'send_email' or free.slot = 1)
      order by j.due_at, j.seq limit ${ask.limit}::int for update of j skip locked),
    mine as (
      update worker_slots s set
        holder = case when exists (select 1 from due) then ${ask.holder}::text end,
        lease_until = case when exists (select 1 from due) then now() + ${ask.leaseSeconds}::float8 * interval '1 second'
          else '-infinity' end
      from free where s.slot = free.slot returning s.slot),
    got as (
      update jobs j set
        state = case when attempts >= max_attempts then 'dead' else 'open' end,
        finished_at = case when attempts >= max_attempts then now() end,
        last_error = case when attempts >= max_attempts then coalesce(last_error, 'every attempt ended without an answer') else last_error end,
        attempts = least(attempts + 1, max_attempts),
        fence = fence + 1,
        lease_until = case when attempts >= max_attempts then '-infinity'
          else now() + ${ask.leaseSeconds}::float8 * interval '1 second' end
      where j.id = any(array(select id from due))
      returning id, kind, payload, fence, attempts, state)
    select (select slot from mine) as slot, clock_timestamp()::text as observed_at,
      coalesce((select json_agg(got) from got), '[]'::json) as jobs,
      (select min(greatest(due_at, lease_until)) from jobs where state = 'open' and id <> all(array(select id from due)))::text as next_due_at`,

  settle: (db: Database, job: ClaimedJob) =>
    db`
    update jobs set state = 'done', finished_at = now(), lease_until = '-infinity'
    where id = ${job.id} and fence = ${job.fence} and state = 'open' returning id`,
}
