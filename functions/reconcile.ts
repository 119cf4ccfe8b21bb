import type { Config } from '@netlify/functions'
import { background } from '../adapters/background.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { watchStripe } from '../workers/watch-stripe.ts'

/** Every 15 minutes: asks Stripe whether a sale, a refund or a dispute has escaped us. */
export default background(async (_request, app) => {
  await watchStripe(app)
}, PAYMENTS)

export const config: Config = { schedule: '*/15 * * * *' }
