import { currency } from './currencies.ts'
import { metadata } from './metadata.ts'
import { boolean, integer, listOf, object, oneOf, type Read, required, text, unsupported, url } from './params.ts'

const enabled = object({ enabled: required(boolean) })
const message = object({ message: required(text(1200)) })
const account = object({ type: required(oneOf('account', 'self')), account: unsupported })

const PRODUCT_DATA = object({
  name: required(text(250)),
  description: text(40_000),
  images: listOf(url, 8),
  metadata,
  tax_code: text(),
  unit_label: text(12),
})

const PRICE_DATA = object({
  currency: required(currency),
  product: text(),
  product_data: PRODUCT_DATA,
  recurring: unsupported,
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer(0),
  unit_amount_decimal: unsupported,
})

const LINE_ITEM = object({
  adjustable_quantity: unsupported,
  metadata,
  price: text(),
  price_data: PRICE_DATA,
  quantity: integer(1, 999_999),
  tax_rates: unsupported,
})

const INVOICE_DATA = object({
  account_tax_ids: unsupported,
  custom_fields: listOf(object({ name: required(text(40)), value: required(text(140)) }), 4),
  description: text(1500),
  footer: text(),
  issuer: account,
  metadata,
  rendering_options: unsupported,
})

const INTENT_DATA = object({
  application_fee_amount: unsupported,
  capture_method: oneOf('automatic', 'automatic_async'),
  description: text(1000),
  metadata,
  on_behalf_of: unsupported,
  receipt_email: text(),
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping: unsupported,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: unsupported,
  transfer_group: text(),
})

const CUSTOM_TEXT = object({
  after_submit: message,
  shipping_address: message,
  submit: message,
  terms_of_service_acceptance: message,
})

/**
 * What `POST /v1/checkout/sessions` takes in mode payment. `payment_method_types` is not here because the API has
 * refused it since 2026-09-30.endive.
 */
export const SESSION_CREATE = {
  adaptive_pricing: object({ enabled: boolean }),
  after_expiration: object({ recovery: object({ allow_promotion_codes: boolean, enabled: required(boolean) }) }),
  allow_promotion_codes: boolean,
  allowed_payment_method_types: listOf(text()),
  automatic_tax: object({ enabled: required(boolean), liability: account }),
  billing_address_collection: oneOf('auto', 'required'),
  branding_settings: unsupported,
  cancel_url: url,
  client_reference_id: text(200),
  consent_collection: object({
    payment_method_reuse_agreement: object({ position: required(oneOf('auto', 'hidden')) }),
    promotions: oneOf('auto', 'none'),
    terms_of_service: oneOf('none', 'required'),
  }),
  currency,
  custom_fields: unsupported,
  custom_text: CUSTOM_TEXT,
  customer: text(),
  customer_account: unsupported,
  customer_creation: oneOf('always', 'if_required'),
  customer_email: text(800),
  customer_update: unsupported,
  discounts: listOf(object({ coupon: text(), promotion_code: text() }), 1),
  excluded_payment_method_types: listOf(text()),
  expires_at: integer(0),
  integration_identifier: text(),
  invoice_creation: object({ enabled: required(boolean), invoice_data: INVOICE_DATA }),
  line_items: listOf(required(LINE_ITEM), 100),
  locale: text(10),
  managed_payments: object({ enabled: boolean }),
  metadata,
  mode: required(oneOf('payment', 'setup', 'subscription')),
  name_collection: unsupported,
  optional_items: unsupported,
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: INTENT_DATA,
  payment_method_collection: oneOf('always', 'if_required'),
  payment_method_configuration: unsupported,
  payment_method_data: unsupported,
  payment_method_options: unsupported,
  permissions: unsupported,
  phone_number_collection: enabled,
  redirect_on_completion: unsupported,
  return_url: unsupported,
  saved_payment_method_options: unsupported,
  setup_intent_data: unsupported,
  shipping_address_collection: unsupported,
  shipping_options: unsupported,
  submit_type: oneOf('auto', 'book', 'donate', 'pay'),
  subscription_data: unsupported,
  success_url: url,
  tax_id_collection: unsupported,
  ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
  wallet_options: unsupported,
}

export type SessionRequest = { [Key in keyof typeof SESSION_CREATE]: Read<(typeof SESSION_CREATE)[Key]> }
export type LineItemRequest = NonNullable<SessionRequest['line_items']>[number]
