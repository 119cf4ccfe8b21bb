import { describe, expect, it } from 'vitest'
import { type OrderReference, readOrderReference } from '../../site/assets/ts/order-reference.ts'

describe('readOrderReference', () => {
  it.each<[string, string, unknown, OrderReference | null]>([
    ['the session that a purchase came from', '?session_id=cs_test_a1B2', null, { session_id: 'cs_test_a1B2' }],
    ['the access token of a receipt', '?utm_source=x&access=ey.J-_.x', null, { access: 'ey.J-_.x' }],
    ['the session kept over a reload', '', { session_id: 'cs_test_a1B2' }, { session_id: 'cs_test_a1B2' }],
    ['the token kept over a reload', '', { access: 'ey.J' }, { access: 'ey.J' }],
    ['the address rather than what was kept', '?access=new', { access: 'old' }, { access: 'new' }],
    ['nothing in an empty address', '', null, null],
    ['nothing in Stripe’s placeholder', '?session_id={CHECKOUT_SESSION_ID}', null, null],
    ['nothing in its escaped form', '?session_id=%7BCHECKOUT_SESSION_ID%7D', null, null],
    ['nothing in an empty parameter', '?session_id=', null, null],
    ['nothing in somebody else’s state', '', { session_id: 7 }, null],
    ['nothing in a state that is text', '', 'cs_test', null],
  ])('finds %s', (_name, search, state, expected) => {
    expect(readOrderReference(search, state)).toEqual(expected)
  })
})
