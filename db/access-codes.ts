import type { Database } from './database.ts'
import type { RenderedEmail } from './emails.ts'

/** A new code for the order of a session, with the mail that tells it to `mail.to`. */
export type OfferedCode = { id: string; sessionId: string; hash: string; mail: RenderedEmail }

/**
 * Stores a code, its mail and the mail's job in one statement, if the mail's address is the order's; the code before it is over with that.
 * A code younger than a minute stays, and no second mail goes out. Whether there is such an order cannot be told from outside: the
 * statement is the same. @returns whether a mail goes out
 */
export async function offerCode(db: Database, { id, sessionId, hash, mail }: OfferedCode): Promise<boolean> {
  const rows = await db`
    with code as (
      insert into access_codes (id, order_id, code_hash, expires_at)
      select ${id}, o.id, ${hash}, now() + interval '10 minutes'
      from orders o where o.stripe_session_id = ${sessionId} and o.email = ${mail.to}
      on conflict (order_id) do update set id = excluded.id, code_hash = excluded.code_hash, tries = 0, redeemed_at = null,
        created_at = excluded.created_at, expires_at = excluded.expires_at
        where access_codes.created_at <= now() - interval '60 seconds'
      returning id, order_id),
    m as (
      insert into emails (id, kind, order_id, to_address, subject, html, body_text, rendered_at)
      select 'access_code:' || code.id, 'access_code', code.order_id, ${mail.to}, ${mail.subject}, ${mail.html}, ${mail.text}, now()
      from code returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m
    returning id`
  return rows.length > 0
}

/** What a guess came to; `tries_left` of ten. */
export type GuessedCode = { is_right: boolean; tries_left: number; order_id: string; access_epoch: number }

/**
 * Counts a guess and compares it, in one statement: guesses at once wait for each other on the row, so there is never an eleventh. The
 * right one ends the code too, and so does a correction of the order's address. @param hashes of what was typed, under each of our secrets
 * @returns null when there is no code for this session, or it is over
 */
export async function guessCode(db: Database, sessionId: string, hashes: string[]): Promise<GuessedCode | null> {
  const rows = await db<GuessedCode>`
    update access_codes c set tries = c.tries + 1,
      redeemed_at = case when c.code_hash = any(${hashes}::text[]) then now() end
    from orders o
    where o.stripe_session_id = ${sessionId} and c.order_id = o.id
      and c.redeemed_at is null and c.tries < 10 and c.expires_at > now()
      and exists (select 1 from emails m where m.id = 'access_code:' || c.id and m.to_address = o.email)
    returning c.redeemed_at is not null as is_right, 10 - c.tries as tries_left, o.id as order_id, o.access_epoch`
  return rows[0] ?? null
}
