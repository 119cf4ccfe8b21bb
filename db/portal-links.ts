import type { Database } from './database.ts'
import type { RenderedEmail } from './emails.ts'

/**
 * Stores a link to all orders of an address, its mail and the mail's job in one statement, if the address has an order; the link before
 * it is over with that. One younger than five minutes stays, and no second mail goes out; neither does one more than `mostPerDay` within
 * 24 hours. Whether there is such an address cannot be told
 * from outside: the statement is the same. @returns whether a mail goes out
 */
export async function offerPortalLink(
  db: Database,
  { id, mail, minutes, mostPerDay }: { id: string; mail: RenderedEmail; minutes: number; mostPerDay: number },
): Promise<boolean> {
  const rows = await db`
    with link as (
      insert into portal_links (email, id, expires_at)
      select ${mail.to}, ${id}, now() + ${minutes}::int * interval '1 minute'
      where exists (select 1 from orders where email = ${mail.to})
        and (select count(*) from emails where to_address = ${mail.to} and kind = 'portal_link'
          and created_at > now() - interval '24 hours') < ${mostPerDay}::int
      on conflict (email) do update set id = excluded.id, created_at = now(), expires_at = excluded.expires_at, opened_at = null
        where portal_links.created_at <= now() - interval '5 minutes'
      returning id),
    m as (
      insert into emails (id, kind, to_address, subject, html, body_text, rendered_at)
      select 'portal_link:' || link.id, 'portal_link', ${mail.to}, ${mail.subject}, ${mail.html}, ${mail.text}, now()
      from link returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m
    returning id`
  return rows.length > 0
}

/** A session as it begins: the hash of the secret that its browser gets, and how long it lasts. */
export type NewSession = { secretHash: string; seconds: number }

/**
 * Uses a link up and begins its session, in one statement, so that of two who open it at once one gets in. Sessions of long ago are
 * cleared away in passing. @returns the address, or null when the link is used, over, or replaced
 */
export async function openLink(db: Database, id: string, { secretHash, seconds }: NewSession): Promise<string | null> {
  const rows = await db<{ email: string }>`
    with used as (
      update portal_links set opened_at = now() where id = ${id} and opened_at is null and expires_at > now() returning email),
    cleared as (
      delete from portal_sessions where secret_hash in (
        select secret_hash from portal_sessions where expires_at < now() order by expires_at limit 10 for update skip locked))
    insert into portal_sessions (secret_hash, email, expires_at)
    select ${secretHash}, email, now() + ${seconds}::int * interval '1 second' from used
    returning email`
  return rows[0]?.email ?? null
}

/** Whose session this is; null when it is over, or was never one. */
export async function findSession(db: Database, secretHash: string): Promise<string | null> {
  const rows = await db<{ email: string }>`
    select email from portal_sessions where secret_hash = ${secretHash} and expires_at > now()`
  return rows[0]?.email ?? null
}

/** Ends a session. */
export async function endSession(db: Database, secretHash: string): Promise<void> {
  await db`delete from portal_sessions where secret_hash = ${secretHash}`
}

/** Ends every session and link of an address. */
export async function endSessionsOf(db: Database, email: string): Promise<void> {
  await db`with links as (delete from portal_links where email = ${email}) delete from portal_sessions where email = ${email}`
}
