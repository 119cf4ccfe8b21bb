import { newId } from './ids.ts'
import type { TestMethod } from './test-methods.ts'
import type { Charge, PaymentIntent } from './wire-types.ts'

type Made = { method: TestMethod; email: string; created: number }

/** A charge that is not decided yet: `pending`, nothing captured. */
export function newCharge(intent: PaymentIntent, { method, email, created }: Made): Charge {
  return {
    id: newId(method.type === 'card' ? 'ch_3' : 'py_3'),
    object: 'charge',
    ...NOT_OFFERED,
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: intent.statement_descriptor ?? 'LOCAL STAND-IN',
    captured: false,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    payment_method_details: { [method.type]: detailsOf(method, intent.amount), type: method.type },
    receipt_email: intent.receipt_email,
    receipt_url: null,
    refunded: false,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_group: intent.transfer_group,
  }
}

/** What the networks said of the charge. */
export function outcomeOf(decline: string | null): NonNullable<Charge['outcome']> {
  return {
    advice_code: decline === null ? null : 'try_again_later',
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline === null ? 'approved_by_network' : 'declined_by_network',
    reason: decline,
    risk_level: 'normal',
    risk_score: 12,
    seller_message:
      decline === null ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
    type: decline === null ? 'authorized' : 'issuer_declined',
  }
}

const NOT_OFFERED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  failure_balance_transaction: null,
  on_behalf_of: null,
  radar_options: {},
  receipt_number: null,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  transfer_data: null,
} satisfies Partial<Charge>

type Details = NonNullable<Charge['payment_method_details']>

function detailsOf(method: TestMethod, amount: number): Details[TestMethod['type']] {
  if (method.type === 'card') return cardOf(method, amount)
  const { last4 } = method
  const bank = { fingerprint: null, last4 }
  if (method.type === 'bacs_debit')
    return { ...bank, mandate: null, sort_code: '108800' } satisfies Details['bacs_debit']
  if (method.type === 'sepa_debit')
    return {
      ...bank,
      bank_code: '19043',
      branch_code: '',
      country: 'AT',
      mandate: null,
    } satisfies Details['sepa_debit']
  const account = {
    account_holder_type: 'individual',
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
  } as const
  return {
    ...bank,
    ...account,
    payment_reference: null,
    routing_number: '110000000',
  } satisfies Details['us_bank_account']
}

function cardOf({ brand, last4 }: TestMethod, amount: number): NonNullable<Details['card']> {
  return {
    amount_authorized: amount,
    authorization_code: '123456',
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2034,
    extended_authorization: { status: 'disabled' },
    fingerprint: `local${last4}`,
    funding: 'credit',
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  }
}
