import type { DayFigure, Measure } from '../shop/admin/figures.ts'
import type { Period } from '../shop/admin/period.ts'
import type { Database } from './database.ts'

type Asked = { measures: Measure[]; period: Period; timeZone: string }

/**
 * Sums by day: those that have been folded into days, and what has been written down since. A day that was folded keeps the time zone
 * of its time.
 */
export async function readFigures(db: Database, { measures, period, timeZone }: Asked): Promise<DayFigure[]> {
  const { from, until } = period
  // As one row: a year is thousands of them, and each has its price on the way.
  const rows = await db<{ figures: DayFigure[] }>`
    select coalesce(json_agg(row_to_json(f)), '[]') as figures from (
    select to_char(day, 'YYYY-MM-DD') as day, measure, subject, sum(amount) as amount, sum(count) as count
    from (
      select day, measure, subject, amount, count from day_figures
      where measure = any(${measures}::text[]) and day between ${from}::date and ${until}::date
      union all
      select (at at time zone ${timeZone})::date, measure, subject, amount, count from figure_changes
      where measure = any(${measures}::text[]) and at >= ${from}::date::timestamp at time zone ${timeZone}
        and at < (${until}::date + 1)::timestamp at time zone ${timeZone}) as figures
    group by day, measure, subject having sum(count) <> 0 or sum(amount) <> 0
    order by day, measure, subject) f`
  return rows[0]?.figures ?? []
}

/**
 * Folds what has been written down into days, at most `limit` lines of it, in one statement: a line is either still there or in its day,
 * whoever reads, and of two who fold at once each takes other lines. @returns how many lines were folded
 */
export async function foldFigures(
  db: Database,
  { timeZone, limit }: { timeZone: string; limit: number },
): Promise<number> {
  const rows = await db<{ lines: number }>`
    with folded as (
      -- By an array: of a table that has just been filled nothing is known, and a join would compare each line with each.
      delete from figure_changes where id = any(array(
        select id from figure_changes order by id limit ${limit}::int for update skip locked))
      returning *),
    days as (
      insert into day_figures (measure, day, subject, amount, count)
      select measure, (at at time zone ${timeZone})::date, subject, sum(amount), sum(count) from folded
      group by 1, 2, 3 order by 1, 2, 3
      on conflict (measure, day, subject) do update
        set amount = day_figures.amount + excluded.amount, count = day_figures.count + excluded.count)
    select count(*)::int as lines from folded`
  return rows[0]?.lines ?? 0
}

/** What products are called that figures are about; those that are gone are left out. */
export function titleProducts(db: Database, ids: string[]): Promise<{ id: string; slug: string; title: string }[]> {
  return db<{ id: string; slug: string; title: string }>`
    select id, slug, title from products where id = any(${ids}::text[]) order by slug`
}
