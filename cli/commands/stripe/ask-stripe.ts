import Stripe from 'stripe'
import type { Config } from '../../../adapters/config.ts'
import { type Answer, ask } from '../doctor/ask.ts'

/** One read of Stripe's API, in the version that the code was written for; null when Stripe does not answer. */
export function askStripe({ stripeKey, stripeApiBase }: Config, path: string): Promise<Answer | null> {
  const headers = { authorization: `Bearer ${stripeKey}`, 'stripe-version': Stripe.API_VERSION }
  return ask(`${stripeApiBase ?? 'https://api.stripe.com'}/v1${path}`, { headers })
}
