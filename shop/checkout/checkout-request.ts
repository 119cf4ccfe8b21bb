/** One line of a basket, priced from the database; `unit_amount` in minor units of `currency`. */
export type CheckoutLine = {
  product_id: string
  slug: string
  title: string
  unit_amount: number
  currency: string
  quantity: number
}

/** What Stripe is asked for; `expiresAt` in unix seconds. */
export type CheckoutRequest = {
  lines: CheckoutLine[]
  metadata: Record<string, string>
  successUrl: string
  cancelUrl: string
  locale: string
  expiresAt: number
  idempotencyKey: string
}
