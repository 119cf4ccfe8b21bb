import type { ClaimedJob } from '../shop/jobs.ts'
import type { SiteBuild } from '../shop/publishing/build-state.ts'
import type { Database } from './database.ts'

/** How far the pages are behind the catalogue; one row, which every database has. */
export async function readBuild(db: Database): Promise<SiteBuild> {
  const [build] = await db<SiteBuild>`
    select asked::float8 as asked, asked_at, waiting_since, sent::float8 as sent, sent_at, built::float8 as built, built_at,
      failures, failing_since, last_error, sent > built and sent_at < now() - interval '30 minutes' as is_missing,
      (select due_at from jobs where id = 'build_site' and state = 'open') as due_at
    from site_build`
  if (!build) throw new TypeError('the row of site_build is missing; migration 0013 makes it')
  return build
}

/** Counts a wish for a build that is due now, whatever the one before was. */
export async function askBuildNow(db: Database): Promise<void> {
  await db`
    with counted as (
      update site_build set asked = asked + 1, asked_at = now(), waiting_since = coalesce(waiting_since, now()) returning id)
    insert into jobs (id, kind) select 'build_site', 'build_site' from counted
    on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, due_at = now(), finished_at = null,
      lease_until = case when jobs.state = 'open' then jobs.lease_until else '-infinity' end`
}

/**
 * Notes that a build was asked for with the first `asked` changes. Its job stays: for the next build in five minutes if there were more
 * changes meanwhile, else for a look in half an hour whether the build has arrived. @returns false when the lease was lost
 */
export async function noteBuildSent(db: Database, job: ClaimedJob, asked: number): Promise<boolean> {
  const rows = await db`
    with sent as (
      update site_build set sent = greatest(sent, ${asked}::bigint), sent_at = now(), failures = 0, failing_since = null,
        last_error = null, waiting_since = case when asked > ${asked}::bigint then now() end
      where exists (select 1 from jobs where id = ${job.id} and fence = ${job.fence} and state = 'open')
      returning asked > ${asked}::bigint as has_more)
    update jobs set attempts = 0, deferrals = 0, lease_until = '-infinity', last_error = null,
      due_at = now() + case when has_more then interval '5 minutes' else interval '30 minutes' end
    from sent where jobs.id = ${job.id} and jobs.fence = ${job.fence} and jobs.state = 'open' returning jobs.id`
  return rows.length > 0
}

/** Notes why the build hook could not be reached; the third failure in a row is told to the seller, by the same statement. */
export async function noteBuildFailure(db: Database, reason: string): Promise<void> {
  await db`
    with failed as (
      update site_build set failures = failures + 1, failing_since = coalesce(failing_since, now()), last_error = left(${reason}, 500)
      returning failures, failing_since),
    m as (
      insert into emails (id, kind, payload)
      select 'seller_build_failed:' || floor(extract(epoch from failing_since) * 1000)::bigint, 'seller_build_failed',
        jsonb_build_object('build_error', ${reason}::text)
      from failed where failures = 3
      on conflict (id) do nothing returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m`
}

/** The number of the newest change; the pages that are read from the catalogue after this contain it. */
export async function countChanges(db: Database): Promise<number> {
  const [row] = await db<{ asked: number }>`select asked::float8 as asked from site_build`
  return row?.asked ?? 0
}

/** Notes that pages were built with the first `built` changes in them. */
export async function noteBuilt(db: Database, built: number): Promise<void> {
  await db`
    update site_build set built = greatest(built, ${built}::bigint), built_at = now(),
      waiting_since = case when asked > greatest(sent, ${built}::bigint) then waiting_since end,
      failures = case when asked > ${built}::bigint then failures else 0 end,
      failing_since = case when asked > ${built}::bigint then failing_since end,
      last_error = case when asked > ${built}::bigint then last_error end`
}
