import { findKnownOrders } from '../../db/reconcile.ts'
import type { App } from '../app.ts'
import { type Drift, findDrift } from './drift.ts'
import type { StripeFact } from './stripe-fact.ts'

/** Where our rows differ from these entries; one statement, or none when there is nothing to compare. */
export async function listDrift(app: Pick<App, 'db'>, facts: StripeFact[]): Promise<Drift[]> {
  if (facts.length === 0) return []
  const sessionIds = facts.filter(({ kind }) => kind === 'session').map(({ id }) => id)
  const paymentIntentIds = facts.flatMap(({ kind, paymentIntentId }) =>
    kind === 'session' || !paymentIntentId ? [] : [paymentIntentId],
  )
  return findDrift(facts, await findKnownOrders(app.db, { sessionIds, paymentIntentIds }))
}
