import type { IntentPlan } from './books.ts'
import { newId } from './ids.ts'
import type { PaymentIntent, Session } from './wire-types.ts'

/** The payment intent that Checkout makes when the buyer first tries to pay. */
export function newPaymentIntent(session: Session, plan: IntentPlan, created: number): PaymentIntent {
  const id = newId('pi_3')
  return {
    id,
    object: 'payment_intent',
    ...NOT_OFFERED,
    allowed_payment_method_types: session.allowed_payment_method_types,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newId('', 25)}`,
    confirmation_method: 'automatic',
    created,
    currency: session.currency ?? '',
    customer: session.customer,
    description: plan.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: session.managed_payments,
    metadata: plan.metadata,
    payment_method: null,
    payment_method_types: session.payment_method_types,
    receipt_email: plan.receipt_email,
    setup_future_usage: plan.setup_future_usage,
    statement_descriptor: plan.statement_descriptor,
    statement_descriptor_suffix: plan.statement_descriptor_suffix,
    status: 'requires_payment_method',
    transfer_group: plan.transfer_group,
  }
}

const NOT_OFFERED = {
  application: null,
  application_fee_amount: null,
  customer_account: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  },
  payment_record: null,
  processing: null,
  review: null,
  shipping: null,
  source: null,
  transfer_data: null,
} satisfies Partial<PaymentIntent>
