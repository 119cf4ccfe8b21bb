import type { Database } from './database.ts'

/** The queue at a glance; ages in seconds. `late`: due for more than five minutes and not being worked on; `done`: within the hour. */
export type QueueStats = {
  kinds: { kind: string; open: number; running: number; late: number; dead: number; done: number }[]
  oldest_due_seconds: number
  held_mails: number
}

/** One query for the state of the queue, for people and for alarms. */
export async function readQueueStats(db: Database): Promise<QueueStats> {
  const rows = await db<QueueStats>`
    with parts as (
      select kind, count(*) as open, count(*) filter (where lease_until > now()) as running,
        count(*) filter (where lease_until <= now() and due_at < now() - interval '5 minutes') as late, 0 as dead, 0 as done
      from jobs where state = 'open' group by kind
      union all select kind, 0, 0, 0, count(*), 0 from jobs where state = 'dead' group by kind
      union all select kind, 0, 0, 0, 0, count(*) from jobs
        where state = 'done' and finished_at > now() - interval '1 hour' group by kind),
    kinds as (
      select kind, sum(open)::int as open, sum(running)::int as running, sum(late)::int as late, sum(dead)::int as dead,
        sum(done)::int as done
      from parts group by kind)
    select coalesce((select json_agg(kinds order by kind) from kinds), '[]') as kinds,
      coalesce((select extract(epoch from now() - min(due_at)) from jobs
        where state = 'open' and due_at <= now() and lease_until <= now()), 0)::float8 as oldest_due_seconds,
      (select count(*) from emails where sent_at is null and voided_at is null and told_in is null
        and first_attempt_at < now() - interval '23 hours')::int as held_mails`
  const [stats] = rows
  if (!stats) throw new TypeError('the statistics are always one row')
  return stats
}

/** When the last event of Stripe's was worked on, and when the last mail went out; null when there was none in the last 90 days. */
export type LastSigns = { event_at: string | null; mail_at: string | null }

export async function readLastSigns(db: Database): Promise<LastSigns> {
  const rows = await db<LastSigns>`
    select (select to_json(finished_at) #>> '{}' from jobs where state = 'done' and kind = 'sync_order' and starts_with(id, 'stripe:')
        order by finished_at desc limit 1) as event_at,
      (select to_json(finished_at) #>> '{}' from jobs where state = 'done' and kind = 'send_email'
        order by finished_at desc limit 1) as mail_at`
  return rows[0] ?? { event_at: null, mail_at: null }
}

export type DeadJob = { id: string; kind: string; attempts: number; last_error: string | null; finished_at: Date }

/** The dead letters with their reasons, newest first. */
export function listDeadJobs(db: Database, limit: number): Promise<DeadJob[]> {
  return db<DeadJob>`
    select id, kind, attempts, last_error, finished_at from jobs where state = 'dead' order by finished_at desc limit ${limit}::int`
}

/** Lets dead jobs live again with all their attempts, one by its id or all of them. The fence stays, so an old worker stays out. */
export async function redriveJobs(db: Database, which: { id: string } | 'all'): Promise<string[]> {
  const id = which === 'all' ? null : which.id
  const rows = await db<{ id: string }>`
    update jobs set state = 'open', attempts = 0, deferrals = 0, due_at = now(), lease_until = '-infinity', finished_at = null
    where state = 'dead' and (${id}::text is null or id = ${id}) returning id`
  return rows.map((row) => row.id)
}

/**
 * Deletes up to `limit` jobs that were done more than `days` days ago. What they caused stays once all the same: orders and mails have
 * keys of their own, and those are never deleted.
 */
export async function purgeJobs(db: Database, { days, limit }: { days: number; limit: number }): Promise<number> {
  const rows = await db`
    delete from jobs where id = any(array(
      select id from jobs where state = 'done' and finished_at < now() - make_interval(days => ${days}::int)
      order by finished_at limit ${limit}::int for update skip locked))
    returning id`
  return rows.length
}
