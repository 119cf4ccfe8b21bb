import Stripe from 'stripe'
import { VendorDown, VendorRefused } from '../shop/errors.ts'

/** What a Stripe failure means for us; anything that is not Stripe's comes back as it is. The safe message never repeats Stripe's. */
export function translateStripeError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  if (isOutage(error)) {
    return new VendorDown('stripe', 'The payment service does not answer just now. Nothing was charged.', {
      cause: error,
      retryAfter: Number(error.headers?.['retry-after']) || 30,
    })
  }
  const isAboutKey = error.statusCode === 401 || error.statusCode === 403
  return new VendorRefused('stripe', 'The payment service refused this request. Nothing was charged.', {
    cause: error,
    isAboutKey,
  })
}

/** 409 is a lock that Stripe holds for a moment, 429 its rate limit. */
function isOutage({ statusCode }: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return statusCode === undefined || statusCode === 409 || statusCode === 429 || statusCode >= 500
}
