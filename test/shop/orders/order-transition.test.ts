import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderStatus } from '../../../shop/orders/order-status.ts'
import { isLegalTransition, TRANSITIONS } from '../../../shop/orders/order-transition.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const STATES = Object.keys(TRANSITIONS) as OrderStatus[]
const PAIRS = STATES.flatMap((from) => STATES.map((to) => [from, to] as const))

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** Whether the database lets an order go from one state to another. */
async function isTaken(from: OrderStatus, to: OrderStatus, isApproved: boolean): Promise<boolean> {
  await database.pglite.exec('delete from orders')
  await database.pglite.query(
    `insert into orders (id, stripe_session_id, livemode, status, review_reason, currency, amount_subtotal, amount_discount, amount_tax,
       amount_total, amount_refunded, paid_at, observed_at, approved_at)
     values ('ord_test', 'cs_test', false, $1, 'odd', 'eur', 100, 0, 0, 100, 100, now(), now(), case when $2 then now() end)`,
    [from, isApproved],
  )
  try {
    await database.pglite.query('update orders set status = $1', [to])
    return true
  } catch (error) {
    expect(String(error)).toContain(`cannot go from ${from} to ${to}`)
    return false
  }
}

describe('isLegalTransition', () => {
  it.each(PAIRS)('says of %s → %s what the database enforces, approved or not', async (from, to) => {
    expect(await isTaken(from, to, false)).toBe(isLegalTransition(from, to))
    expect(await isTaken(from, to, true)).toBe(isLegalTransition(from, to, true))
  })

  it('never lets money that came become money that is awaited', () => {
    for (const from of ['paid', 'partially_refunded', 'refunded', 'disputed', 'review'] as const) {
      expect([isLegalTransition(from, 'pending'), isLegalTransition(from, 'failed')]).toEqual([false, false])
    }
  })
})
