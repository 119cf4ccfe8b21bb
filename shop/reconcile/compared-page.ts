import type { Drift } from './drift.ts'
import type { FactKind } from './stripe-fact.ts'

/** One difference between Stripe and our rows, which the queue is mending. */
export type QueuedFinding = Pick<Drift, 'kind' | 'stripe' | 'ours'> & { sale: string; order_id: string | null }

/** A page of a comparison: what it read and found, and where to go on; `next` is null when all is compared. */
export type ComparedPage = {
  kind: FactKind
  compared: number
  findings: QueuedFinding[]
  next: { kind: FactKind; after: string | null } | null
  /** Of the last page: orders that Stripe may still change and mails whose job was lost, all of which are queued. */
  unsettled: number
  lost_mails: number
  /** Mails of which nobody knows whether they went out. */
  held_mails: number
}
