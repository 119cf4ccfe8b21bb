import { createHash } from 'node:crypto'
import { isOurSession } from '../orders/sold-lines.ts'
import type { ObservedSession } from '../payments/observed-session.ts'

/** The lists of Stripe that are compared with our rows, in the order in which they are read. */
export const FACT_KINDS = ['session', 'refund', 'dispute'] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** One entry of such a list; `amount` in minor units. */
export type StripeFact = {
  kind: FactKind
  id: string
  paymentIntentId: string | null
  paymentIntentStatus: string | null
  /** Of a session its payment_status: paid, unpaid or no_payment_required. */
  status: string
  amount: number
  currency: string
  /** Of the session; of a refund or dispute that of its payment intent, to which /go writes the same. */
  metadata: Record<string, string>
}

/** A page of a list, newest first; `next` goes on after it, null at the list's end. */
export type FactPage = { facts: StripeFact[]; next: string | null }

/** Whether it is about a sale that Till began; other programs may use the same Stripe account. */
export function isOurFact({ metadata }: StripeFact): boolean {
  return isOurSession({ metadata })
}

/** 16 hexadecimal digits that change when anything changes that an order follows from. */
export function digestOf(fact: StripeFact): string {
  const { kind, id, status, amount, currency, paymentIntentId, paymentIntentStatus } = fact
  const said = JSON.stringify([kind, id, status, amount, currency, paymentIntentId, paymentIntentStatus])
  return createHash('sha256').update(said).digest('hex').slice(0, 16)
}

/** What a session that was read back by itself says, in the form of the lists. */
export function factsOf(session: ObservedSession): StripeFact[] {
  const { paymentIntentId, paymentIntentStatus, metadata, refunds, disputes } = session
  const shared = { paymentIntentId, paymentIntentStatus, metadata }
  const { id, paymentStatus: status, amountTotal: amount, currency } = session
  return [
    { kind: 'session', id, status, amount, currency, ...shared },
    ...refunds.map((refund) => ({ kind: 'refund' as const, ...shared, ...partOf(refund) })),
    ...disputes.map((dispute) => ({ kind: 'dispute' as const, ...shared, ...partOf(dispute) })),
  ]
}

type Part = { id: string; status: string; amount: number; currency: string }

function partOf({ id, status, amount, currency }: Part): Part {
  return { id, status, amount, currency }
}
