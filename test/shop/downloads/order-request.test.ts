import { describe, expect, it } from 'vitest'
import { OrderRequest } from '../../../shop/downloads/order-request.ts'

const ID = 'cs_test_a1B2c3D4e5'

describe('OrderRequest', () => {
  it.each([{ session_id: ID }, { session_id: 'cs_live_a1B2c3D4e5' }, { access: 'a.b.c' }])('takes %j', (body) => {
    expect(OrderRequest.parse(body)).toEqual(body)
  })

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { session_id: [ID] },
    { session_id: { id: ID } },
    { session_id: 7 },
    { session_id: '' },
    { session_id: '{CHECKOUT_SESSION_ID}' },
    { session_id: '%7BCHECKOUT_SESSION_ID%7D' },
    { session_id: 'pi_1234567890' },
    { session_id: 'cs_1234567890' },
    { session_id: `${ID}\n` },
    { session_id: ` ${ID}` },
    { session_id: `${ID}/../../v1/charges` },
    { session_id: `${ID}?expand[]=x` },
    { session_id: `cs_test_${'a'.repeat(241)}` },
    { session_id: 'cs_test_short' },
    { session_id: ID, access: 'a.b.c' },
    { session_id: ID, more: 1 },
    { access: '' },
    { access: 'x'.repeat(4097) },
    { access: null },
  ])('refuses %j', (body) => {
    expect(OrderRequest.safeParse(body).success).toBe(false)
  })
})
