import type { App } from '../shop/app.ts'
import { JOB_PAYLOADS } from '../shop/jobs.ts'
import { listDrift } from '../shop/reconcile/list-drift.ts'
import { listFacts } from '../shop/reconcile/list-facts.ts'
import { startSyncs } from '../shop/reconcile/start-syncs.ts'
import { startWalk } from '../shop/reconcile/start-walk.ts'
import type { JobEnd, Lease } from './registry.ts'

/** A third of a lease, since a list that Stripe is slow to give can take as long again. */
const BUDGET_MS = 20_000

/** Compares a part of Stripe's lists with our rows, and leaves what is left after 20 seconds to a job of its own. */
export async function reconcileJob(app: App, { job }: Lease): Promise<JobEnd> {
  const { since: text, kind, after } = JOB_PAYLOADS.reconcile.parse(job.payload)
  const since = new Date(text)
  const until = new Date(app.now().getTime() + BUDGET_MS)
  for await (const { facts, next } of listFacts(app, { since, from: { kind, after }, until })) {
    await startSyncs(app, await listDrift(app, facts))
    if (!next || app.now() < until) continue
    await startWalk(app, { since, from: next })
    break
  }
  return 'done'
}
