import type Stripe from 'stripe'
import type { Wire } from './wire-types.ts'

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

const NOTHING_DUE = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
}

const SETTINGS = {
  bacs_debit_payments: { display_name: null, service_user_number: null },
  branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
  card_issuing: { tos_acceptance: { date: null, ip: null } },
  card_payments: {
    decline_on: { avs_failure: true, cvc_failure: true },
    statement_descriptor_prefix: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  dashboard: { display_name: 'Local stand-in', timezone: 'Etc/UTC' },
  invoices: { default_account_tax_ids: null, hosted_payment_method_save: null },
  payments: {
    statement_descriptor: 'LOCAL STAND-IN',
    statement_descriptor_kana: null,
    statement_descriptor_kanji: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  payouts: {
    debit_negative_balances: true,
    schedule: { delay_days: 2, interval: 'daily' },
    statement_descriptor: null,
  },
  sepa_debit_payments: {},
} satisfies Wire<Stripe.Account.Settings>

const BUSINESS_PROFILE = {
  annual_revenue: { amount: null, currency: null, fiscal_year_end: null },
  estimated_worker_count: null,
  mcc: null,
  minority_owned_business_designation: null,
  name: 'Local stand-in',
  product_description: null,
  specified_commercial_transactions_act_url: null,
  support_address: NO_ADDRESS,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
} satisfies Wire<Stripe.Account.BusinessProfile>

const id = 'acct_1LocalStandIn'

/** The seller's account, ready to take payments. */
export const ACCOUNT = {
  id,
  object: 'account',
  business_profile: BUSINESS_PROFILE,
  business_type: null,
  capabilities: { card_payments: 'active', transfers: 'active' },
  charges_enabled: true,
  controller: { type: 'account' },
  country: 'DE',
  created: 1_700_000_000,
  default_currency: 'eur',
  details_submitted: true,
  email: 'seller@example.com',
  external_accounts: { data: [], has_more: false, object: 'list', url: `/v1/accounts/${id}/external_accounts` },
  future_requirements: NOTHING_DUE,
  metadata: {},
  payouts_enabled: true,
  requirements: NOTHING_DUE,
  settings: SETTINGS,
  tos_acceptance: { date: null, ip: null, user_agent: null },
  type: 'standard',
} satisfies Wire<Stripe.Account>
