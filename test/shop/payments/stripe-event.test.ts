import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, readingOf } from '../../../shop/payments/event-types.ts'
import { readStripeEvent } from '../../../shop/payments/stripe-event.ts'

const snapshot = (facts: object = {}) => ({
  object: 'event',
  id: 'evt_1',
  type: 'checkout.session.completed',
  livemode: false,
  data: { object: { id: 'cs_test_1', payment_intent: 'pi_1' } },
  ...facts,
})
const thin = (facts: object = {}) => ({
  object: 'v2.core.event',
  id: 'evt_thin',
  type: 'v1.checkout.session.completed',
  livemode: false,
  related_object: { id: 'cs_test_1', type: 'checkout.session', url: '/v1/checkout/sessions/cs_test_1' },
  ...facts,
})
const about = (object: unknown, type = 'charge.refunded') => snapshot({ type, data: { object } })

describe('readStripeEvent', () => {
  it.each(Object.entries(EVENT_TYPES))('makes a job of %s, which refers by %j', (type, reading) => {
    const warning = 'warns' in reading ? { stripe_early_fraud_warning_id: 'cs_test_1' } : {}
    const job =
      reading.refers === 'id' ? { stripe_session_id: 'cs_test_1' } : { stripe_payment_intent_id: 'pi_1', ...warning }
    expect(readStripeEvent(snapshot({ type }), false)).toEqual({ id: 'evt_1', type, job })
  })

  it('takes an expanded reference for its id', () => {
    const job = { stripe_payment_intent_id: 'pi_2' }
    expect(readStripeEvent(about({ payment_intent: { id: 'pi_2', amount: 1 } }), false)).toMatchObject({ job })
  })

  it('believes nothing of the body but ids', () => {
    const object = { id: 'cs_test_1', payment_status: 'paid', amount_total: 1, metadata: { till: '1' } }
    expect(readStripeEvent(about(object, 'checkout.session.completed'), false)).toEqual({
      id: 'evt_1',
      type: 'checkout.session.completed',
      job: { stripe_session_id: 'cs_test_1' },
    })
  })

  it.each([
    ['unknown_type', snapshot({ type: 'customer.created' })],
    ['unknown_type', snapshot({ type: 'customer.created', data: { object: { id: 7 } } })],
    ['unknown_type', snapshot({ type: 'constructor' })],
    ['unknown_type', snapshot({ type: '__proto__' })],
    ['unknown_type', snapshot({ type: 'toString' })],
    ['unknown_type', snapshot({ type: '' })],
    ['other_mode', snapshot({ livemode: true })],
    ['other_account', snapshot({ account: 'acct_1' })],
    ['no_reference', about({ id: 'ch_1' })],
    ['no_reference', about({ payment_intent: null })],
    ['no_reference', about({ payment_intent: 7 })],
    ['no_reference', about({ payment_intent: '' })],
    ['no_reference', about({ payment_intent: "pi_1' or 1=1" })],
    ['no_reference', about({ payment_intent: 'p'.repeat(256) })],
    ['no_reference', about({ payment_intent: {} })],
    ['no_reference', about({}, 'checkout.session.completed')],
    ['unknown_type', thin({ type: 'v1.customer.created' })],
    ['unknown_type', thin({ type: 'v2.core.health.event_generation_failure.resolved' })],
    ['other_mode', thin({ livemode: true })],
    ['no_reference', thin({ related_object: null })],
    ['no_reference', thin({ type: 'v1.refund.created', related_object: { id: 're_1' } })],
  ])('ignores as %s: %j', (ignored, body) => {
    expect(readStripeEvent(body, false)).toMatchObject({ ignored })
  })

  it('ignores test events with a live key', () => {
    expect(readStripeEvent(snapshot(), true)).toMatchObject({ ignored: 'other_mode' })
    expect(readStripeEvent(snapshot({ livemode: true }), true)).toHaveProperty('job')
  })

  it('knows a thin event by the id of its snapshot, so that both are one job', () => {
    const twin = { id: 'evt_1', type: 'checkout.session.completed', job: { stripe_session_id: 'cs_test_1' } }
    expect(readStripeEvent(thin({ snapshot_event: 'evt_1' }), false)).toEqual(twin)
    expect(readStripeEvent(thin({ snapshot_event: { id: 'evt_1' } }), false)).toEqual(twin)
    expect(readStripeEvent(thin(), false)).toEqual({ ...twin, id: 'evt_thin' })
  })

  it.each([
    null,
    undefined,
    true,
    7,
    'event',
    [],
    [snapshot()],
    {},
    { object: 'event' },
    snapshot({ object: 'charge' }),
    snapshot({ id: '' }),
    snapshot({ id: 'evt 1' }),
    snapshot({ id: 7 }),
    snapshot({ type: null }),
    snapshot({ livemode: 'false' }),
    snapshot({ data: null }),
    snapshot({ data: {} }),
    snapshot({ data: { object: [] } }),
    JSON.parse('{"__proto__":{"object":"event","id":"evt_1"}}'),
    thin({ id: null }),
    thin({ related_object: 'cs_test_1' }),
  ])('is no event: %j', (body) => {
    expect(readStripeEvent(body, false)).toBeNull()
  })
})

describe('readingOf', () => {
  it.each(['constructor', '__proto__', 'hasOwnProperty', 'valueOf'])('does not find %s on the prototype', (name) => {
    expect(readingOf(name)).toBeUndefined()
  })
})
