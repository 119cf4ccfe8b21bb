import Stripe from 'stripe'
import { InvalidInput, SignatureRejected } from '../shop/errors.ts'
import { readStripeEvent, type VerifiedEvent } from '../shop/payments/stripe-event.ts'

type Delivery = { body: string; signature: string | null; now: Date; secrets: string[]; livemode: boolean }

/** Stripe's own tolerance, in seconds; it is also ours for the future, which the SDK lets pass without limit. */
const TOLERANCE = 300

/**
 * Verifies a delivery against each of our secrets and reads it.
 * @throws SignatureRejected when it is forged, stale or from the future; InvalidInput when it is not signed at all, or is no event
 */
export function verifyStripeEvent(stripe: Stripe, delivery: Delivery): VerifiedEvent {
  const { body, signature, now, secrets, livemode } = delivery
  const at = Math.floor(now.getTime() / 1000)
  const signedAt = timestampOf(signature)
  if (!signature || signedAt === null) throw new InvalidInput('The signature is missing or malformed.')
  if (signedAt > at + TOLERANCE) throw new SignatureRejected('The signature is dated in the future.')
  if (!secrets.some((secret) => isSigned(stripe, { body, signature, secret, at })))
    throw new SignatureRejected('The signature does not match.')
  const event = readStripeEvent(parse(body), livemode)
  if (!event) throw new InvalidInput('The body is not an event.')
  return event
}

/** The one time of a signature header; null when there is none or more than one, or a digest that makes the SDK throw: an empty one. */
function timestampOf(signature: string | null): number | null {
  const parts = (signature ?? '').split(',')
  const times = parts.filter((part) => /^t(=|$)/.test(part))
  const areDigestsWhole = parts.every((part) => !/^v1(=|$)/.test(part) || /^v1=[0-9a-f]+$/.test(part))
  const [first] = times
  return areDigestsWhole && times.length === 1 && first && /^t=\d{1,12}$/.test(first) ? Number(first.slice(2)) : null
}

function isSigned(
  stripe: Stripe,
  { body, signature, secret, at }: { body: string; signature: string; secret: string; at: number },
) {
  try {
    // Our clock is passed in milliseconds: in seconds it would switch the age check off.
    return stripe.webhooks.signature?.verifyHeader(body, signature, secret, TOLERANCE, undefined, at * 1000) === true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false
    throw error
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new InvalidInput('The body is not JSON.', { cause: error })
  }
}
