import { raiseAlert } from '../../db/alerts.ts'
import type { App } from '../app.ts'
import type { AlertKind, MailPayload } from './mail-subject.ts'

export type Alert = { kind: Exclude<AlertKind, 'seller_dead_job'>; about: string; payload: MailPayload }

/**
 * Writes to the seller about something that only a person can mend, once a day (UTC) for each thing that it is about. Whoever calls this
 * outside of a worker wakes one if it is news. @returns whether it is
 */
export async function alertSeller(app: Pick<App, 'db' | 'now'>, { kind, about, payload }: Alert): Promise<boolean> {
  const day = app.now().toISOString().slice(0, 10)
  return raiseAlert(app.db, { id: `${kind}:${about}:${day}`, kind, payload })
}
