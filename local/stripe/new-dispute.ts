import { newId } from './ids.ts'
import type { Charge, Dispute } from './wire-types.ts'

const DISPUTE_REASONS = { fraudulent: '10.4', product_not_received: '13.1', inquiry: '10.4' }
export type DisputeReason = keyof typeof DISPUTE_REASONS

const NINE_DAYS = 9 * 86_400

/** A dispute as it opens. An inquiry is a question that the bank asks before it takes money. */
export function newDispute(charge: Charge, reason: DisputeReason, created: number): Dispute {
  const isInquiry = reason === 'inquiry'
  return {
    id: newId('du_1'),
    object: 'dispute',
    amount: charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: created + NINE_DAYS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: 'manual',
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    network_reason_code: DISPUTE_REASONS[reason],
    payment_intent: charge.payment_intent,
    payment_method_details: methodOf(charge, reason),
    reason: isInquiry ? 'general' : reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  }
}

function methodOf(charge: Charge, reason: DisputeReason): NonNullable<Dispute['payment_method_details']> {
  const card = charge.payment_method_details?.card
  const type = charge.payment_method_details?.type ?? 'card'
  if (card === undefined) return { type }
  const brand = card.brand ?? 'visa'
  const case_type = reason === 'inquiry' ? 'inquiry' : 'chargeback'
  return { card: { brand, case_type, network: brand, network_reason_code: DISPUTE_REASONS[reason] }, type }
}

export const NO_EVIDENCE: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}
