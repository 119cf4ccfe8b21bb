import { newId } from './ids.ts'
import { withoutEmpty } from './metadata.ts'
import type { SessionRequest } from './session-params.ts'
import type { Session } from './wire-types.ts'

type Setting = { created: number; expires_at: number; currency: string; methods: string[]; servicesUrl: string }

/** An open session as `POST /v1/checkout/sessions` answers it; totals are filled in from its lines. */
export function newSession(request: SessionRequest, setting: Setting): Session {
  const id = newId('cs_test_a1', 58)
  return {
    id,
    object: 'checkout.session',
    ...wishesOf(request),
    ...NOT_OFFERED,
    amount_subtotal: 0,
    amount_total: 0,
    automatic_tax: automaticTax(request),
    client_secret: null,
    collected_information: null,
    consent: request.consent_collection ? { promotions: null, terms_of_service: null } : null,
    created: setting.created,
    currency: setting.currency,
    customer_details: request.customer_email === undefined ? null : customerDetails(request.customer_email),
    discounts: (request.discounts ?? []).map(discountOf),
    expires_at: setting.expires_at,
    invoice: null,
    livemode: false,
    metadata: withoutEmpty(request.metadata),
    mode: 'payment',
    payment_intent: null,
    payment_method_types: setting.methods,
    payment_status: 'unpaid',
    status: 'open',
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    url: `${setting.servicesUrl}/checkout/${id}`,
  }
}

/** What a buyer has told, or will have: only the address is asked for here. */
export function customerDetails(email: string): NonNullable<Session['customer_details']> {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  }
}

// What Stripe offers and this stand-in refuses in its parameters, as Stripe answers it when it was not asked for.
const NOT_OFFERED = {
  currency_conversion: null,
  custom_fields: [],
  customer_account: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  wallet_options: null,
} satisfies Partial<Session>

function wishesOf(request: SessionRequest) {
  return {
    adaptive_pricing: { enabled: request.adaptive_pricing?.enabled ?? false },
    after_expiration: afterExpiration(request),
    allow_promotion_codes: request.allow_promotion_codes ?? null,
    allowed_payment_method_types: request.allowed_payment_method_types ?? null,
    billing_address_collection: request.billing_address_collection ?? null,
    cancel_url: request.cancel_url ?? null,
    client_reference_id: request.client_reference_id ?? null,
    consent_collection: consentCollection(request),
    custom_text: customText(request),
    customer: request.customer ?? null,
    customer_creation: request.customer === undefined ? (request.customer_creation ?? 'if_required') : null,
    customer_email: request.customer_email ?? null,
    excluded_payment_method_types: request.excluded_payment_method_types ?? [],
    integration_identifier: request.integration_identifier ?? null,
    invoice_creation: invoiceCreation(request),
    locale: request.locale ?? null,
    managed_payments: { enabled: request.managed_payments?.enabled ?? false },
    origin_context: request.origin_context ?? null,
    phone_number_collection: request.phone_number_collection ?? { enabled: false },
    submit_type: request.submit_type ?? null,
    success_url: request.success_url ?? null,
    ui_mode: request.ui_mode ?? 'hosted_page',
  } satisfies Partial<Session>
}

function automaticTax({ automatic_tax }: SessionRequest): Session['automatic_tax'] {
  if (!automatic_tax?.enabled) return { enabled: false, liability: null, provider: null, status: null }
  // The tax is known once the buyer's place is, which is when they pay.
  const liability = { type: automatic_tax.liability?.type ?? 'self' }
  return { enabled: true, liability, provider: 'stripe', status: 'requires_location_inputs' }
}

function discountOf(discount: { coupon: string | undefined; promotion_code: string | undefined }) {
  return { coupon: discount.coupon ?? null, promotion_code: discount.promotion_code ?? null }
}

function afterExpiration({ after_expiration }: SessionRequest): Session['after_expiration'] {
  const recovery = after_expiration?.recovery
  if (recovery === undefined) return null
  const allow_promotion_codes = recovery.allow_promotion_codes ?? false
  return { recovery: { allow_promotion_codes, enabled: recovery.enabled, expires_at: null, url: null } }
}

function consentCollection({ consent_collection }: SessionRequest): Session['consent_collection'] {
  if (consent_collection === undefined) return null
  const { payment_method_reuse_agreement = null, promotions = null, terms_of_service = null } = consent_collection
  return { payment_method_reuse_agreement, promotions, terms_of_service }
}

function customText({ custom_text: said }: SessionRequest): Session['custom_text'] {
  return {
    after_submit: said?.after_submit ?? null,
    shipping_address: said?.shipping_address ?? null,
    submit: said?.submit ?? null,
    terms_of_service_acceptance: said?.terms_of_service_acceptance ?? null,
  }
}

// Kept and answered; the stand-in itself writes no invoices, so `invoice` stays null.
function invoiceCreation({ invoice_creation }: SessionRequest): Session['invoice_creation'] {
  const asked = invoice_creation?.invoice_data
  const invoice_data = {
    account_tax_ids: null,
    custom_fields: asked?.custom_fields ?? null,
    description: asked?.description ?? null,
    footer: asked?.footer ?? null,
    issuer: asked?.issuer ? { type: asked.issuer.type } : null,
    metadata: withoutEmpty(asked?.metadata),
    rendering_options: null,
  }
  return { enabled: invoice_creation?.enabled ?? false, invoice_data }
}
