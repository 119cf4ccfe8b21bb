import type { Database } from './database.ts'

/**
 * Fixes which notices travel in this one: all of its kind that wait at this moment, whose jobs are over with that. It is fixed once, in one
 * statement, so that the mail's bytes never change and none is told twice or not at all. While another of the kind went out within the
 * last `minutes`, or is on its way, nothing is fixed.
 * @returns the seconds after which to try again, or null when this notice may go out now
 */
export async function gatherNotices(db: Database, id: string, minutes: number): Promise<number | null> {
  const rows = await db<{ wait_seconds: number | null }>`
    with me as (select id, kind, gathered_at is not null or rendered_at is not null as is_fixed from emails where id = ${id}),
    sent as (
      select max(greatest(e.first_attempt_at, e.sent_at)) as at from emails e, me
      where e.kind = me.kind and e.kind like 'seller\\_%' and e.first_attempt_at is not null and e.id <> me.id
        and e.first_attempt_at > now() - interval '2 days'
        and greatest(e.first_attempt_at, e.sent_at) > now() - make_interval(mins => ${minutes}::int)),
    under_way as (
      select e.id from emails e, me
      where e.kind = me.kind and e.kind like 'seller\\_%' and e.sent_at is null and e.voided_at is null and e.told_in is null
        and e.id <> me.id and e.gathered_at is not null
        and exists (select 1 from jobs j where j.id = 'mail:' || e.id and j.state = 'open')),
    lead as (
      update emails e set gathered_at = now() from me, sent
      where e.id = me.id and not me.is_fixed and sent.at is null and not exists (select 1 from under_way)
        and e.gathered_at is null and e.told_in is null and e.sent_at is null and e.voided_at is null
      returning e.id, e.kind),
    told as (
      update emails m set told_in = lead.id from lead
      where m.kind = lead.kind and m.kind like 'seller\\_%' and m.sent_at is null and m.voided_at is null and m.told_in is null
        and m.id <> lead.id and m.gathered_at is null and m.rendered_at is null and m.first_attempt_at is null
      returning m.id),
    settled as (
      update jobs j set state = 'done', finished_at = now(), fence = j.fence + 1
      where j.id = any(array(select 'mail:' || id from told)) and j.state = 'open' and j.lease_until <= now())
    select case when me.is_fixed then null
      when sent.at is not null then ceil(extract(epoch from sent.at - now()))::int + ${minutes}::int * 60
      when exists (select 1 from under_way) then 60 end as wait_seconds
    from me, sent`
  const wait = rows[0]?.wait_seconds ?? null
  return wait === null ? null : Math.max(1, wait)
}

/** The notices that travel in this one beside itself, oldest first. */
export async function listToldIn(db: Database, id: string): Promise<string[]> {
  const rows = await db<{ id: string }>`select id from emails where told_in = ${id} order by created_at, id`
  return rows.map((row) => row.id)
}
