import type { ClaimedJob, JobKind } from '../shop/jobs.ts'
import type { Database } from './database.ts'

/** What a claim found: `slot` is null when two workers are already at it. */
export type Claim = {
  slot: number | null
  /** The database's time of the claim, as text: drivers cut it to milliseconds. */
  observed_at: string
  jobs: ClaimedJob[]
  /** Which of the jobs that were handed in as done were still ours. */
  settled: string[]
  next_due_at: string | null
  /** How the queue is, when nothing is due; for those who ask without a database. */
  health: QueueHealth | null
}

type QueueHealth = { dead: number; last_event_at: string | null; schema: string | null }

/** What the last claim of a shift says. */
export type ShiftEnd = { next_due_at: string | null; health: QueueHealth }

/**
 * Inserts a job under `id`, which makes it happen once; a dead job with this id lives again.
 * @returns whether this call inserted or revived it
 */
export async function enqueueJob(db: Database, job: { id: string; kind: JobKind; payload: object }): Promise<boolean> {
  const rows = await db<{ id: string }>`
    insert into jobs (id, kind, payload) values (${job.id}, ${job.kind}, ${JSON.stringify(job.payload)}::jsonb)
    on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, due_at = now(), lease_until = '-infinity',
      finished_at = null
      where jobs.state = 'dead'
    returning id`
  return rows.length > 0
}

type ClaimRequest = { limit: number; leaseSeconds: number; holder: string; done?: ClaimedJob[] }

/**
 * Settles what the last batch has done, takes or renews one of the two worker slots for `holder`, and leases due jobs, in one statement.
 * Only slot 1 gets mails, so they go out one by one. A job that has spent its attempts by crashing its worker every time becomes dead
 * here. When nothing is due, or `limit` is 0, the slot is freed and `next_due_at` says when an open job will be.
 *
 * A lease that ran out is the trace of a crash, so its job is a suspect: those that are not go first, and suspects go one by one, the
 * least tried first. Otherwise one job that kills its worker would use up the attempts of all that were claimed with it.
 */
export async function claimJobs(db: Database, ask: ClaimRequest): Promise<Claim> {
  const { limit, leaseSeconds, holder, done = [] } = ask
  const finished = JSON.stringify(done.map(({ id, fence }) => ({ id, fence })))
  const rows = await db<Claim>`
    with finished as materialized (select id, fence from jsonb_to_recordset(${finished}::jsonb) as x(id text, fence int)),
    -- By primary key, with "open" said as "not finished": a join on the state walks every open job of a backlog.
    fin as (
      update jobs j set state = 'done', finished_at = now(), lease_until = '-infinity'
      where j.id = any(array(select id from finished)) and j.finished_at is null
        and ((j.id, j.fence) in (select id, fence from finished)) is true
      returning j.id),
    free as (
      select slot from worker_slots where holder = ${holder} or lease_until <= now()
      order by (holder = ${holder}) desc nulls last, slot limit 1 for update skip locked),
    due as materialized (
      select j.id, j.attempts, j.due_at, j.seq, j.lease_until > '-infinity' as is_suspect from jobs j, free
      where j.state = 'open' and j.due_at <= now() and j.lease_until <= now() and (j.kind <> 'send_email' or free.slot = 1)
        and (j.id, j.fence) not in (select id, fence from finished)
      order by j.due_at, j.seq limit ${limit}::int for update of j skip locked),
    mine as (
      update worker_slots s set
        holder = case when exists (select 1 from due) then ${holder}::text end,
        lease_until = case when exists (select 1 from due) then now() + make_interval(secs => ${leaseSeconds})
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
          else now() + make_interval(secs => ${leaseSeconds}) end
      where j.id = any(array(select id from due where not is_suspect or id = (
        select id from due order by is_suspect, attempts, due_at, seq limit 1)))
      returning id, kind, payload, fence, attempts, state)
    select (select slot from mine) as slot, clock_timestamp()::text as observed_at,
      coalesce((select json_agg(got) from got), '[]'::json) as jobs,
      coalesce((select json_agg(id) from fin), '[]'::json) as settled,
      case when not exists (select 1 from due) then (select least(
        (select min(due_at) from jobs where state = 'open' and due_at > now()),
        (select min(greatest(due_at, lease_until)) from jobs
          where state = 'open' and due_at <= now() and (id, fence) not in (select id, fence from finished)))) end::text as next_due_at,
      case when not exists (select 1 from due) then json_build_object(
        'dead', (select count(*) from jobs where state = 'dead'),
        'last_event_at', (select max(created_at) from (
          select id, created_at from jobs where state = 'done' order by finished_at desc limit 100) newest where id like 'stripe:%'),
        'schema', (select max(name) from migrations)) end as health`
  const [claim] = rows
  if (!claim) throw new TypeError('a claim always answers with one row')
  return claim
}

/**
 * How a run ended without being done: it `failed`; `final` failures never get better; `vendor_down` waits without using up an attempt, and
 * `too_early` goes back as if it had not been tried. `retryAfter` in seconds, the least that it waits.
 */
export type JobFailure = { kind: 'failed' | 'final' | 'vendor_down' | 'too_early'; error: string; retryAfter: number }

/**
 * Puts a leased job back with exponential backoff and jitter, or makes it a dead letter: at most 6 h apart for its own failures, at
 * most 10 min (or the vendor's Retry-After) while a vendor is down. @returns null when the lease was lost
 */
export async function failJob(db: Database, job: ClaimedJob, failure: JobFailure): Promise<'open' | 'dead' | null> {
  const { kind, error, retryAfter } = failure
  const rows = await db<{ state: 'open' | 'dead' }>`
    with verdict as (
      select id, (why = 'vendor_down')::int as waits, (why = 'too_early')::int as early,
        why = 'final' or (why = 'failed' and attempts >= max_attempts) or (why <> 'too_early' and deferrals >= 500) as over
      from jobs, (select ${kind}::text as why) given where id = ${job.id} and fence = ${job.fence} and state = 'open' for update of jobs)
    update jobs j set
      state = case when over then 'dead' else 'open' end,
      finished_at = case when over then now() end,
      attempts = attempts - waits - early,
      deferrals = deferrals + waits,
      lease_until = '-infinity',
      last_error = left(${error}, 2000),
      due_at = now() + make_interval(secs => greatest(${retryAfter}, (1 - early) * (0.5 + random() / 2)
        * least(case waits when 1 then 600 else 21600 end, 5 * 2 ^ least(attempts + waits * deferrals, 20))))
    from verdict v where j.id = v.id
    returning state`
  return rows[0]?.state ?? null
}

/** When the earliest open job can run; null when none is open. */
export async function findNextDue(db: Database): Promise<Date | null> {
  const rows = await db<{ due: Date | null }>`
    select least(
      (select min(due_at) from jobs where state = 'open' and due_at > now()),
      (select min(greatest(due_at, lease_until)) from jobs where state = 'open' and due_at <= now())) as due`
  return rows[0]?.due ?? null
}

type Extension = { jobs: ClaimedJob[]; leaseSeconds: number; holder: string }

/** Renews the leases of jobs and their worker's slot. @returns the ids that are still ours; the others were taken over */
export async function extendLeases(db: Database, { jobs, leaseSeconds, holder }: Extension): Promise<string[]> {
  const held = JSON.stringify(jobs.map(({ id, fence }) => ({ id, fence })))
  const rows = await db<{ id: string }>`
    with slot as (
      update worker_slots set lease_until = now() + make_interval(secs => ${leaseSeconds}) where holder = ${holder})
    update jobs j set lease_until = now() + make_interval(secs => ${leaseSeconds})
    from jsonb_to_recordset(${held}::jsonb) as h(id text, fence int)
    where j.id = h.id and j.fence = h.fence and j.state = 'open'
    returning j.id`
  return rows.map(({ id }) => id)
}
