import type { Drift } from '../../../shop/reconcile/drift.ts'
import type { FactKind } from '../../../shop/reconcile/stripe-fact.ts'

/** One difference and what became of it. */
export type Finding = {
  kind: Drift['kind'] | 'unknown_session' | 'unsent_mail'
  /** The order, or the checkout session or payment of one that we do not have. */
  sale: string
  stripe: string
  ours: string
  action: string
  isLeft: boolean
}

/** What a run compared, found and left; `findings` are those since it was begun or went on. */
export type Report = {
  since: Date
  isDryRun: boolean
  isStopped: boolean
  compared: Record<FactKind, number>
  findings: Finding[]
  found: number
  left: number
}
