import type { Perishable } from '../shop/retention/kept-days.ts'
import type { Database } from './database.ts'
import { purgeJobs } from './job-care.ts'

/** Clears away up to `limit` things that are older than `days`, the oldest first; rows that somebody is at wait for the next time. */
type Purge = (db: Database, age: { days: number; limit: number }) => Promise<number>

const affiliateClicks: Purge = async (db, { days, limit }) => {
  const rows = await db`
    delete from affiliate_clicks where id = any(array(
      select id from affiliate_clicks where clicked_at < now() - make_interval(days => ${days}::int)
      order by clicked_at limit ${limit}::int for update skip locked))
    returning 1 as gone`
  return rows.length
}

/** A mail that nobody sent in all that time is over with its text: what it would have said can be said no more. */
const mailBodies: Purge = async (db, { days, limit }) => {
  const rows = await db`
    update emails set html = null, body_text = null,
      voided_at = case when sent_at is null and told_in is null then coalesce(voided_at, now()) end
    where id = any(array(
      select id from emails where created_at < now() - make_interval(days => ${days}::int) and (html is not null or body_text is not null)
      order by created_at limit ${limit}::int for update skip locked))
    returning 1 as emptied`
  return rows.length
}

const checkouts: Purge = async (db, { days, limit }) => {
  const rows = await db`
    delete from checkouts where stripe_session_id = any(array(
      select stripe_session_id from checkouts where began_at < now() - make_interval(days => ${days}::int)
      order by began_at limit ${limit}::int for update skip locked))
    returning 1 as gone`
  return rows.length
}

const accessCodes: Purge = async (db, { days, limit }) => {
  const rows = await db`
    delete from access_codes where id = any(array(
      select id from access_codes where created_at < now() - make_interval(days => ${days}::int)
      order by created_at limit ${limit}::int for update skip locked))
    returning 1 as gone`
  return rows.length
}

/** The longest window is a day, so one that began longer ago counts nothing any more. */
const rateLimits: Purge = async (db, { days, limit }) => {
  const rows = await db`
    delete from rate_limits where (key, window_start) in (
      select key, window_start from rate_limits where window_start < now() - make_interval(days => ${days}::int)
      order by window_start limit ${limit}::int for update skip locked)
    returning 1 as gone`
  return rows.length
}

/** How each is cleared away, one statement a time. */
export const PURGES: Record<Perishable, Purge> = {
  affiliate_clicks: affiliateClicks,
  done_jobs: purgeJobs,
  mail_bodies: mailBodies,
  checkouts,
  access_codes: accessCodes,
  rate_limits: rateLimits,
}
