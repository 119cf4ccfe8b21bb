import type Stripe from 'stripe'
import type { CheckoutLine, CheckoutRequest } from '../shop/checkout/checkout-request.ts'

type Offers = CheckoutRequest['offers']
type Wishes = Stripe.Checkout.SessionCreateParams

/**
 * Begins a checkout session. What costs nothing, by its price or by a code, needs no payment details: Stripe sees to that by itself
 * in mode payment, and has no switch for it there (docs.stripe.com/payments/checkout/no-cost-orders).
 */
export async function createCheckout(stripe: Stripe, request: CheckoutRequest): Promise<{ id: string; url: string }> {
  const { offers, metadata } = request
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      line_items: request.lines.map((line) => lineItem(line, offers)),
      metadata,
      payment_intent_data: { metadata },
      // A converted amount would no longer be the one that we asked for.
      adaptive_pricing: { enabled: false },
      ...switchedOn(offers),
      expires_at: request.expiresAt,
      success_url: request.successUrl,
      cancel_url: request.cancelUrl,
    },
    { idempotencyKey: request.idempotencyKey },
  )
  // A replayed answer still carries the address, though the session may have been paid or have expired since.
  if (!session.url) throw new TypeError('a new checkout session has no address')
  return { id: session.id, url: session.url }
}

/** Only what is on is asked for, so that a shop without any of it asks for nothing that its Stripe account is not set up for. */
function switchedOn({ promotionCodes, automaticTax, invoices, termsOfService }: Offers): Partial<Wishes> {
  return {
    ...(promotionCodes && { allow_promotion_codes: true }),
    ...(automaticTax && { automatic_tax: { enabled: true } }),
    ...(invoices && { invoice_creation: { enabled: true } }),
    ...(termsOfService && { consent_collection: { terms_of_service: 'required' } }),
  }
}

function lineItem(line: CheckoutLine, { automaticTax, taxBehavior, taxCode }: Offers) {
  const { title, product_id, unit_amount, currency, quantity } = line
  const product_data = { name: title, ...(automaticTax && taxCode && { tax_code: taxCode }) }
  return {
    quantity,
    metadata: { product_id, unit_amount: String(unit_amount), currency, quantity: String(quantity) },
    price_data: { currency, unit_amount, product_data, ...(automaticTax && { tax_behavior: taxBehavior }) },
  }
}
