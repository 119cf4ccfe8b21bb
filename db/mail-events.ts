import type { MailEvent } from '../shop/mail/mail-event.ts'
import type { Database } from './database.ts'

/**
 * Writes what became of a mail, in one statement: the mail's row, whether its address is reached, and a note to the seller when it is not,
 * once for each address and day. An event that is older than what is known, or the same once more, changes nothing; of two at the same
 * moment the worse counts, and a complaint stays. A mail that is not ours is nobody's business.
 * @param day the note's, as YYYY-MM-DD @returns whether a note goes out
 */
export async function recordMailEvent(db: Database, event: MailEvent, day: string): Promise<boolean> {
  const { resendId, mailId, state, at } = event
  const rows = await db`
    with ranks as (select array['reached', 'delivered', 'soft_bounced', 'bounced', 'complained'] as worse),
    known as (
      select id, kind, order_id, to_address from emails
      -- The event may be faster than the answer that told us Resend's id.
      where resend_id = ${resendId} or (id = ${mailId} and resend_id is null and first_attempt_at is not null)
      limit 1),
    mail as (
      update emails e set delivery = ${state}, delivery_at = ${at}::timestamptz from known, ranks
      where e.id = known.id and (e.delivery_at is null
        or (e.delivery_at, array_position(worse, e.delivery)) < (${at}::timestamptz, array_position(worse, ${state}::text)))),
    address as (
      insert into mail_addresses (address, state, observed_at)
      select to_address, case ${state}::text when 'delivered' then 'reached' else ${state}::text end, ${at}::timestamptz
      -- One that was erased since is nobody's address any more.
      from known where ${state}::text <> 'soft_bounced' and to_address <> 'erased'
      on conflict (address) do update set state = excluded.state, observed_at = excluded.observed_at
        where mail_addresses.state <> 'complained' and (mail_addresses.observed_at < excluded.observed_at
          or (mail_addresses.observed_at = excluded.observed_at and mail_addresses.state = 'reached' and excluded.state <> 'reached'))
      returning id, state),
    note as (
      insert into emails (id, kind, payload)
      select 'seller_mail_returned:' || address.id || ':' || ${day}::text, 'seller_mail_returned',
        jsonb_strip_nulls(jsonb_build_object('order_id', known.order_id, 'mail_state', address.state))
      from address, known where address.state <> 'reached' and known.kind not like 'seller\\_%'
      on conflict (id) do nothing returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from note
    returning id`
  return rows.length > 0
}
