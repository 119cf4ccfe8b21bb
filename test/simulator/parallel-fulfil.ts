import { createApp } from '../../adapters/create-app.ts'
import { syncOrder } from '../../shop/orders/sync-order.ts'
import { observedSession } from '../shop/orders/observed-session.ts'
import type { RealPostgres } from '../support/postgres.ts'

const AT_ONCE = 50

export type Fulfilled = { orders: number; receipts: number; receipt_jobs: number; items: number }

/** G4: in each round 50 syncs of one new session at once, on a real PostgreSQL with a connection each for up to 20 of them. */
export async function fulfilInParallel({ target, ...postgres }: RealPostgres, rounds: number): Promise<Fulfilled> {
  const env = { NETLIFY_DATABASE_URL: postgres.connectionString, NEON_SQL_ENDPOINT: postgres.endpoint }
  const readSession = async (id: string) => observedSession({ id, paymentIntentId: `pi_${id}` })
  const app = Object.defineProperty(createApp({ env }), 'payments', { value: { readSession } })
  for (let round = 0; round < rounds; round++) {
    const session = `cs_test_round${round}`
    await Promise.all(Array.from({ length: AT_ONCE }, () => syncOrder(app, session)))
  }
  const [counted] = await target.db<Fulfilled>`
    select (select count(*)::int from orders) as orders, (select count(*)::int from order_items) as items,
      (select count(*)::int from emails where kind = 'receipt') as receipts,
      (select count(*)::int from jobs where id like 'mail:receipt:%') as receipt_jobs`
  if (!counted) throw new TypeError('a count is always one row')
  return counted
}
