import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { translateStripeError } from '../../adapters/stripe-errors.ts'
import { VendorDown, VendorRefused } from '../../shop/errors.ts'

const SECRET_WORDS = 'No such price: price_hunter2'
type Raw = ConstructorParameters<typeof Stripe.errors.StripeAPIError>[0]

/** The SDK's own error for an answer with this status. */
function answered(statusCode: number, headers: Record<string, string> = {}) {
  const raw = { message: SECRET_WORDS, type: 'api_error', statusCode, headers, requestId: 'req_1' }
  return new Stripe.errors.StripeAPIError(raw as Raw)
}

describe('translateStripeError', () => {
  it.each([400, 401, 402, 403, 404, 422])('takes %i for a refusal that no repeat can help', (status) => {
    const error = answered(status)
    const translated = translateStripeError(error)
    expect(translated).toBeInstanceOf(VendorRefused)
    expect(translated).toMatchObject({ vendor: 'stripe', status: 502, cause: error })
  })

  it.each([409, 429, 500, 502, 503, 504])('takes %i for an outage', (status) => {
    const error = answered(status)
    const translated = translateStripeError(error)
    expect(translated).toBeInstanceOf(VendorDown)
    expect(translated).toMatchObject({ vendor: 'stripe', status: 503, retryAfter: 30, cause: error })
  })

  it('takes silence for an outage', () => {
    const raw = { message: SECRET_WORDS, type: 'api_error' }
    const error = new Stripe.errors.StripeConnectionError(raw as unknown as Raw)
    expect(translateStripeError(error)).toBeInstanceOf(VendorDown)
  })

  it.each([
    ['7', 7],
    ['120', 120],
    ['0', 30],
    ['soon', 30],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 30],
  ])('reads Retry-After: %s as %i s', (header, seconds) => {
    expect(translateStripeError(answered(429, { 'retry-after': header }))).toMatchObject({ retryAfter: seconds })
  })

  it.each([400, 500])('never repeats what Stripe said to a stranger (%i)', (status) => {
    expect(String(translateStripeError(answered(status)))).not.toContain('hunter2')
  })

  it.each([new TypeError('ours'), 'text', null, undefined])('leaves %j as it is', (error) => {
    expect(translateStripeError(error)).toBe(error)
  })
})
