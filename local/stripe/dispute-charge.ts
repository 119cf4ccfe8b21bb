import { moveBalance } from './balance-transactions.ts'
import { recordEvent } from './events.ts'
import type { Metadata } from './metadata.ts'
import { type DisputeReason, newDispute } from './new-dispute.ts'
import { StripeError } from './stripe-error.ts'
import type { Charge, Dispute, EventType } from './wire-types.ts'
import type { World } from './world.ts'

const DECISION_SECONDS = 5
const OPEN = ['needs_response', 'under_review', 'warning_needs_response', 'warning_under_review']

/** The bank takes the charge's money back for the buyer, or (an inquiry) asks first. */
export function openDispute(world: World, charge: Charge, reason: DisputeReason): Dispute {
  const { books } = world
  if (!charge.paid || charge.refunded)
    throw new StripeError(`Charge ${charge.id} has nothing left that could be disputed.`)
  if (disputesOf(world, charge).some(isOpen)) throw new StripeError(`Charge ${charge.id} is in dispute already.`)
  const opened = newDispute(charge, reason, world.now())
  const dispute = books.disputes.put(reason === 'inquiry' ? opened : withMovement(world, opened, -opened.amount))
  books.disputesOf.add(charge.id, dispute.id)
  const disputed = books.charges.put({ ...charge, disputed: true })
  recordEvent(world, 'charge.dispute.created', dispute)
  if (reason !== 'inquiry') recordEvent(world, 'charge.dispute.funds_withdrawn', dispute)
  recordEvent(world, 'charge.updated', disputed, charge)
  return dispute
}

/** All disputes of a charge, oldest first. */
export function disputesOf(world: World, charge: Charge): Dispute[] {
  const disputes = world.books.disputesOf.of(charge.id).map((id) => world.books.disputes.get(id))
  return disputes.filter((dispute) => dispute !== undefined)
}

/** Whether a dispute still waits for an answer or a decision. */
export function isOpen(dispute: Dispute): boolean {
  return OPEN.includes(dispute.status)
}

/** The bank's decision. A lost inquiry has moved no money: it is merely closed. */
export function closeDispute(world: World, dispute: Dispute, decision: 'won' | 'lost'): Dispute {
  const { books } = world
  books.timers.remove(dispute.id)
  if (!isOpen(dispute)) throw new StripeError(`Dispute ${dispute.id} is closed already.`)
  const isInquiry = dispute.status.startsWith('warning_')
  const status = isInquiry ? 'warning_closed' : decision
  const settled = { ...dispute, status, is_charge_refundable: status !== 'lost' }
  const closed = books.disputes.put(status === 'won' ? withMovement(world, settled, dispute.amount) : settled)
  recordEvent(world, 'charge.dispute.closed', closed, dispute)
  if (status === 'won') recordEvent(world, 'charge.dispute.funds_reinstated', closed)
  return closed
}

export type DisputeChange = { evidence: Record<string, string>; metadata: Metadata; submit: boolean }

/** Stores evidence; submitted, it goes to the bank, which decides by the magic words of docs.stripe.com/testing. */
export function answerDispute(world: World, dispute: Dispute, change: DisputeChange): Dispute {
  const { books } = world
  if (!isOpen(dispute)) throw new StripeError(`Dispute ${dispute.id} is closed already.`)
  const said = Object.entries(change.evidence).map(([field, value]) => [field, value === '' ? null : value])
  const evidence: Dispute['evidence'] = { ...dispute.evidence, ...Object.fromEntries(said) }
  const metadata = { ...dispute.metadata, ...change.metadata }
  const stored = {
    ...dispute,
    evidence,
    metadata: Object.fromEntries(Object.entries(metadata).filter(([, v]) => v !== '')),
  }
  const has_evidence = Object.values(evidence).some((value) => typeof value === 'string')
  const details = { ...stored.evidence_details, has_evidence }
  const answered = change.submit ? submitted(stored, details) : { ...stored, evidence_details: details }
  if (change.submit)
    books.timers.put({ id: dispute.id, kind: 'decide_dispute', due_at: world.now() + DECISION_SECONDS })
  recordEvent(world, 'charge.dispute.updated' satisfies EventType, books.disputes.put(answered), dispute)
  return answered
}

function submitted(dispute: Dispute, details: Dispute['evidence_details']): Dispute {
  const status = dispute.status.startsWith('warning_') ? 'warning_under_review' : 'under_review'
  const submission_count = details.submission_count + 1
  return { ...dispute, status, evidence_details: { ...details, submission_count, submission_method: 'manual' } }
}

/** The bank decides what was submitted; without magic words it takes its time, until somebody decides by hand. */
export function decideDispute(world: World, disputeId: string): void {
  world.books.timers.remove(disputeId)
  const dispute = world.books.disputes.get(disputeId)
  const words = dispute?.evidence.uncategorized_text
  if (dispute === undefined || !isOpen(dispute)) return
  if (words === 'winning_evidence') closeDispute(world, dispute, 'won')
  if (words === 'losing_evidence') closeDispute(world, dispute, 'lost')
}

function withMovement(world: World, dispute: Dispute, amount: number): Dispute {
  const { currency, id: source } = dispute
  const moved = moveBalance(world, { amount, currency, source, type: 'adjustment' })
  return { ...dispute, balance_transactions: [...dispute.balance_transactions, moved] }
}
