import { createHmac } from 'node:crypto'

/** The `Stripe-Signature` header of a delivery; `timestamp` in unix seconds (docs.stripe.com/webhooks/signature). */
export function signatureOf(payload: string, secret: string, timestamp: number): string {
  const signed = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')
  return `t=${timestamp},v1=${signed}`
}
