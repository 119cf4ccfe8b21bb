import { randomBytes } from 'node:crypto'
import process from 'node:process'
import Stripe from 'stripe'
import { vi } from 'vitest'
import { POKE_HEADER } from '../../adapters/waker.ts'
import type { Param } from '../../db/database.ts'
import { splitStatements } from '../../db/sql-statements.ts'
import type { App } from '../../shop/app.ts'
import { HANDLERS, type JobHandler } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { openStage as openShop } from '../reconcile/stage.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { WEBHOOK_SECRET } from '../support/platform.ts'
import type { RealPostgres } from '../support/postgres.ts'
import { openSqlDoor } from './sql-door.ts'

export type FaultStage = Awaited<ReturnType<typeof openFaultStage>>

type Delivery = { id?: string; type?: string; object?: object; at?: number; secret?: string; body?: string }

/**
 * The whole shop in one process, with a door before its database, hand-made deliveries, and time that passes for its jobs.
 * @param postgres where the shop's rows are instead of PGlite
 */
export async function openFaultStage(postgres?: RealPostgres) {
  const shop = await openShop()
  if (postgres) await moveTo(postgres, shop)
  const sql = await openSqlDoor(process.env.NEON_SQL_ENDPOINT ?? '')
  process.env.NEON_SQL_ENDPOINT = sql.endpoint
  const { rows, close: closeShop } = shop
  const count = async (text: string, params: unknown[] = []) =>
    (await rows<{ n: number }>(`select count(*)::int as n from ${text}`, params))[0]?.n ?? -1

  function deliver({ id = newEventId(), type = 'checkout.session.completed', object = {}, ...more }: Delivery) {
    const { at = Math.floor(Date.now() / 1000), secret = WEBHOOK_SECRET } = more
    const payload = more.body ?? JSON.stringify({ id, object: 'event', type, livemode: false, data: { object } })
    const signature = new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp: at })
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
    return fetch(`${shop.siteUrl}/stripe_webhook`, { method: 'POST', headers, body: payload })
  }

  return Object.assign(shop, {
    sql,
    count,
    deliver,
    /** A delivery that says the session was completed. */
    completed: (sessionId: string, id = newEventId()) => deliver({ id, object: { id: sessionId } }),
    /** What came of a session: orders, receipts that the mail service took, files that it gives access to. */
    async outcome(sessionId: string) {
      const orders = await shop.ordersOf(sessionId)
      const receipts = await Promise.all(orders.map(({ id }) => shop.receiptsOf(id)))
      const files = await count('entitlements where stripe_session_id = $1', [sessionId])
      return { orders: orders.map(({ status }) => status), receipts: receipts.flat().length, files }
    },
    job: async (id: string) =>
      (
        await rows<Record<string, unknown>>(
          'select state, attempts, deferrals, fence, last_error from jobs where id = $1',
          [id],
        )
      )[0],
    secondsUntil: async (id: string) =>
      (
        await rows<{ s: number }>('select extract(epoch from due_at - now())::float8 as s from jobs where id = $1', [
          id,
        ])
      )[0]?.s ?? 0,
    /** The seller's mails of this kind that were accepted. */
    notices: async (kind: string) =>
      (await shop.mails()).filter(({ idempotency_key }) => idempotency_key?.startsWith(`${kind}:`)),
    /** As if every wait had passed. */
    dueNow: () => rows("update jobs set due_at = now() where state = 'open' and due_at > now()"),
    /** As if a lease's time had passed without a sign of life. */
    async leasesExpire() {
      await rows("update jobs set lease_until = now() - interval '1 s' where state = 'open' and lease_until > now()")
      await rows("update worker_slots set lease_until = now() - interval '1 s' where lease_until > now()")
    },
    /** One worker's shift with this app, as `work` does it with a healthy one. */
    workWith: (app: App, handlers: Record<string, JobHandler> = HANDLERS) =>
      runWorker(app, handlers, { ...LIMITS, holder: randomBytes(8).toString('hex') }),
    /** The header of a poke as the shop would sign it now. */
    signPoke() {
      const signed: string[] = []
      const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_url, init) => {
        signed.push(new Headers(init?.headers).get(POKE_HEADER) ?? '')
        return new Response(null, { status: 202 })
      })
      return shop
        .app()
        .waker.poke()
        .then(() => {
          fetching.mockRestore()
          return signed[0] ?? ''
        })
    },
    async close() {
      await sql.close()
      await closeShop()
    },
  })
}

/** From now on the shop's functions and the test ask this database, which gets the demo products. */
async function moveTo(postgres: RealPostgres, shop: Shop): Promise<void> {
  const { connectionString, endpoint, target } = postgres
  Object.assign(process.env, { NETLIFY_DATABASE_URL: connectionString, NEON_SQL_ENDPOINT: endpoint })
  const query = async (sql: string, params: Param[] = []) => {
    const parts = sql.split(/\$\d+/)
    const values = Array.from(sql.matchAll(/\$(\d+)/g), ([, n]) => params[Number(n) - 1] ?? null)
    return { rows: await target.db(Object.assign(parts, { raw: parts }), ...values) }
  }
  const exec = (sql: string) => target.batch(splitStatements(sql))
  Object.assign(shop, { rows: async (sql: string, params?: Param[]) => (await query(sql, params)).rows })
  await target.db`truncate products cascade`
  await addDemoProducts({ pglite: { exec, query } as unknown as Shop['pglite'] })
}

type Shop = Awaited<ReturnType<typeof openShop>>

const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 30 }

export function newEventId(): string {
  return `evt_${randomBytes(8).toString('hex')}`
}
