import { createHash } from 'node:crypto'
import { soldLinesMetadata } from '../orders/sold-lines.ts'
import type { Shop } from '../shop-config.ts'
import { hashClaim } from './claim.ts'

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
  /** What the seller has switched on for the payment page. */
  offers: Shop['checkout']
  metadata: Record<string, string>
  successUrl: string
  cancelUrl: string
  expiresAt: number
  idempotencyKey: string
}

/** A buyer who clicks again within this time comes back to the same checkout session. */
const BUCKET_S = 120
const LIFETIME_S = 3_600

/** `backTo`: the path to which somebody returns who does not pay. */
type Circumstances = { offers: Shop['checkout']; claim: string; backTo: string; siteUrl: string; now: Date }

/**
 * Describes the checkout session for these lines. Two clicks of one browser (`claim`) within two minutes give the same request under the
 * same key, so Stripe begins one session; `expiresAt` hangs on that bucket too, or the repeat would differ from the first.
 */
export function describeCheckout(
  lines: CheckoutLine[],
  { offers, claim, backTo, siteUrl, now }: Circumstances,
): CheckoutRequest {
  const bucket = Math.floor(now.getTime() / 1000 / BUCKET_S) * BUCKET_S
  const request = {
    lines,
    offers,
    metadata: { ...soldLinesMetadata(lines), claim: hashClaim(claim) },
    successUrl: `${siteUrl}/success/?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: siteUrl + backTo,
    expiresAt: bucket + LIFETIME_S,
  }
  return { ...request, idempotencyKey: `checkout:${sha256(JSON.stringify(request))}` }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
