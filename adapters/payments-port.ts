import { createPace } from './pace.ts'
import { createPayments } from './stripe.ts'
import type { Vendors } from './wire-app.ts'

/** Two workers and the reconciler may run at once, and together they ask ten times a second at most. */
const BETWEEN_STRIPE_CALLS_MS = 300

/** Stripe, for the doors that speak to it. */
export const PAYMENTS = {
  payments: (config, { isBackground }) =>
    createPayments({
      key: config.stripeKey,
      apiBase: config.stripeApiBase,
      webhookSecrets: () => config.stripeWebhookSecrets,
      pace: isBackground ? createPace(BETWEEN_STRIPE_CALLS_MS) : undefined,
    }),
} satisfies Vendors
