import type { AlertKind, MailPayload } from '../shop/mail/mail-subject.ts'
import type { Database } from './database.ts'

export type Alert = { id: string; kind: AlertKind; payload: MailPayload }

/** Stores a mail to the seller with its job, in one statement; under a known id it does nothing. @returns whether it is news */
export async function raiseAlert(db: Database, { id, kind, payload }: Alert): Promise<boolean> {
  const rows = await db`
    with m as (
      insert into emails (id, kind, payload) values (${id}, ${kind}, ${JSON.stringify(payload)}::jsonb)
      on conflict (id) do nothing returning id)
    insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from m
    returning id`
  return rows.length > 0
}
