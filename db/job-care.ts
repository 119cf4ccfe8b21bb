import type { Database } from './database.ts'

/** The queue at a glance; ages in seconds. `late`: due for more than five minutes and not being worked on. */
export type QueueStats = {
  kinds: { kind: string; open: number; running: number; late: number; dead: number; done: number }[]
  oldest_due_seconds: number
  held_mails: number
}

/** One query for the state of the queue, for people and for alarms. */
export async function readQueueStats(db: Database): Promise<QueueStats> {
  const rows = await db<QueueStats>`
    with kinds as (
      select kind, count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'open' and lease_until > now())::int as running,
        count(*) filter (where state = 'open' and lease_until <= now() and due_at < now() - interval '5 minutes')::int as late,
        count(*) filter (where state = 'dead')::int as dead, count(*) filter (where state = 'done')::int as done
      from jobs group by kind)
    select coalesce((select json_agg(kinds order by kind) from kinds), '[]') as kinds,
      coalesce((select extract(epoch from now() - min(due_at)) from jobs
        where state = 'open' and due_at <= now() and lease_until <= now()), 0)::float8 as oldest_due_seconds,
      (select count(*) from emails where sent_at is null and voided_at is null
        and first_attempt_at < now() - interval '23 hours')::int as held_mails`
  const [stats] = rows
  if (!stats) throw new TypeError('the statistics are always one row')
  return stats
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
