type Paid = { stripe_payment_intent_id: string | null; livemode: boolean }

/** Where Stripe's dashboard shows a payment; null when nothing was paid. */
export function stripePage({ stripe_payment_intent_id: payment, livemode }: Paid): string | null {
  if (payment === null) return null
  return `https://dashboard.stripe.com/${livemode ? '' : 'test/'}payments/${encodeURIComponent(payment)}`
}
