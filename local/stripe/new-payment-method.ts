import { newId } from './ids.ts'
import type { TestMethod } from './test-methods.ts'
import type { PaymentMethod } from './wire-types.ts'

/** The payment method that a buyer gave on the hosted page. */
export function newPaymentMethod(method: TestMethod, email: string, created: number): PaymentMethod {
  return {
    id: newId('pm_1'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    ...detailsOf(method),
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: method.type,
  }
}

function detailsOf(method: TestMethod): Partial<PaymentMethod> {
  if (method.type === 'card') return { card: cardOf(method) }
  const { last4 } = method
  if (method.type === 'bacs_debit') return { bacs_debit: { fingerprint: null, last4, sort_code: '108800' } }
  if (method.type === 'us_bank_account') return { us_bank_account: usBankAccountOf(last4) }
  const country = 'AT'
  return {
    sepa_debit: { bank_code: '19043', branch_code: '', country, fingerprint: null, generated_from: null, last4 },
  }
}

function usBankAccountOf(last4: string): NonNullable<PaymentMethod['us_bank_account']> {
  return {
    account_holder_type: 'individual',
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
    financial_connections_account: null,
    fingerprint: null,
    last4,
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: '110000000',
    status_details: null,
  }
}

function cardOf({ brand, last4 }: TestMethod): NonNullable<PaymentMethod['card']> {
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `local${last4}`,
    funding: 'credit',
    generated_from: null,
    last4,
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}
