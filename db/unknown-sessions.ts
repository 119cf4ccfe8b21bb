import type { Database } from './database.ts'

/** Whether Stripe said within the last minute that it knows no such session of ours. */
export async function isUnknownSession(db: Database, sessionId: string): Promise<boolean> {
  const rows = await db`
    select 1 as known from unknown_sessions
    where stripe_session_id = ${sessionId} and asked_at > now() - interval '60 seconds'`
  return rows.length > 0
}

/** Remembers it, and forgets some of what is older than a minute: the table holds no more than a minute's strangers. */
export async function noteUnknownSession(db: Database, sessionId: string): Promise<void> {
  await db`
    with forgotten as (
      delete from unknown_sessions where stripe_session_id in (
        select stripe_session_id from unknown_sessions
        where asked_at < now() - interval '60 seconds' and stripe_session_id <> ${sessionId}
        order by asked_at limit 10 for update skip locked))
    insert into unknown_sessions (stripe_session_id) values (${sessionId})
    on conflict (stripe_session_id) do update set asked_at = now()`
}
