import type { Database } from './database.ts'

/** One window to count in: at most `most` visits in each run of `seconds`. */
export type CountedWindow = { key: string; most: number; seconds: number }

/**
 * Counts a visit in every window, in one statement. One that is turned away is counted in none, so a flood costs reads only and does not
 * fill a longer window too; only visits at the very same moment may. Windows of days ago are cleared away in passing, a few at a time.
 * @returns the seconds until all windows take visits again, or null when this visit was within each
 */
export async function countVisit(db: Database, windows: CountedWindow[]): Promise<number | null> {
  const rows = await db<{ retry_after: number | null }>`
    with asked as (
      select x.key, x.most, x.seconds,
        to_timestamp(floor(extract(epoch from now())::float8 / x.seconds) * x.seconds) as began
      from jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) as x(key text, most int, seconds int)),
    -- One look by the key for each window: as a join, a table without statistics may be read whole.
    full_ones as (
      select key from asked
      where (select hits from rate_limits r where r.key = asked.key and r.window_start = began) >= most),
    counted as (
      insert into rate_limits (key, window_start, hits) select key, began, 1 from asked
      where not exists (select 1 from full_ones)
      on conflict (key, window_start) do update set hits = rate_limits.hits + 1
        where rate_limits.hits < (select most from asked where asked.key = excluded.key)
      returning key),
    cleared as (
      delete from rate_limits where (key, window_start) in (
        select key, window_start from rate_limits where window_start < now() - interval '2 days'
        order by window_start limit 10 for update skip locked))
    select ceil(max(extract(epoch from began - now()) + seconds))::int as retry_after
    from asked where case when exists (select 1 from full_ones) then key in (select key from full_ones)
      else key not in (select key from counted) end`
  const retryAfter = rows[0]?.retry_after ?? null
  return retryAfter === null ? null : Math.max(1, retryAfter)
}
