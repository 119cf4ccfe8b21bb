import { enqueueJob } from '../../db/jobs.ts'
import type { App } from '../app.ts'
import type { Place } from './list-facts.ts'

/** Leaves the rest of a walk through Stripe's lists to a job; the same rest is one job. */
export function startWalk(app: Pick<App, 'db'>, { since, from }: { since: Date; from: Place }): Promise<boolean> {
  const payload = { since: since.toISOString(), ...from }
  const id = `reconcile:walk:${payload.since}:${from.kind}:${from.after ?? ''}`
  return enqueueJob(app.db, { id, kind: 'reconcile', payload })
}
