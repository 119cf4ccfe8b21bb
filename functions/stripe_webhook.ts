import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { readText } from '../adapters/request-body.ts'
import { receiveEvent } from '../shop/payments/receive-event.ts'

const LARGEST_BODY = 1_048_576

/** Takes Stripe's deliveries: verified, stored as a job, acknowledged. */
export default endpoint(
  {
    POST: async (request, app) => {
      const body = await readText(request, LARGEST_BODY)
      await receiveEvent(app, { body, signature: request.headers.get('stripe-signature') })
      return Response.json({ received: true })
    },
  },
  { vendors: PAYMENTS },
)

export const config: Config = { path: '/stripe_webhook' }
