import pg, { type Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { BATCH, type Contender, HANDLERS } from '../contender.ts'
import { inParallel } from '../in-parallel.ts'
import { insertOrder, ORDERS } from '../order-effect.ts'
import type { Account } from '../postgres.ts'
import { uuidOf } from '../uuid-of.ts'
import { runLanes } from './run-lanes.ts'

const QUEUE = 'sync_order'
const QUIET = { supervise: false, schedule: false }

/** pg-boss through its public functions, without its timers; the pool is as large as everybody's. */
export const contender: Contender = {
  async install(account) {
    const boss = await new PgBoss({ ...account, ...QUIET }).start()
    await boss.createQueue(QUEUE, { retryLimit: 10, retryBackoff: true })
    await boss.stop({ graceful: false })
    const pool = new pg.Pool({ ...account, max: 1 })
    await pool.query(ORDERS)
    await pool.end()
  },
  async open(account, pool) {
    const boss = await start(account, pool)
    return {
      enqueue: ({ id, body }) => boss.send(QUEUE, body, { id: uuidOf(id) }),
      fill: (jobs) => fill(boss, jobs),
      drain: {
        noop: () => drain(boss, async () => undefined),
        order: () => drain(boss, (ids) => inParallel(ids, HANDLERS / 2, (id) => insertOrder(pool, id))),
        'order-once': () => runLanes(2, () => drainOnce(boss, pool)),
      },
      countOpen: () => countOpen(pool),
      close: () => boss.stop({ graceful: false }),
    }
  },
}

async function start(account: Account, pool: Pool): Promise<PgBoss> {
  const boss = await new PgBoss({ ...account, ...QUIET, max: pool.options.max ?? HANDLERS }).start()
  // Its first call of each queue reads the queue's row; a long-lived sender has done that long ago.
  await boss.getQueue(QUEUE)
  return boss
}

async function fill(boss: PgBoss, jobs: number): Promise<void> {
  for (let from = 0; from < jobs; from += 2000) {
    const length = Math.min(2000, jobs - from)
    await boss.insert(
      QUEUE,
      Array.from({ length }, (_, i) => ({ data: { id: `evt_${from + i}` } })),
    )
  }
}

/** Two lanes, like Till's two workers: take a batch, do its effect, complete the batch. */
function drain(boss: PgBoss, effect: (ids: string[]) => Promise<unknown>): Promise<number> {
  return runLanes(2, async () => {
    for (;;) {
      const jobs = await boss.fetch(QUEUE, { batchSize: BATCH })
      if (jobs.length === 0) return
      const ids = jobs.map(({ id }) => id)
      await effect(ids)
      await boss.complete(QUEUE, ids)
    }
  })
}

/** Effect and completion in one transaction for each job, as its documentation shows with the option `db`. */
async function drainOnce(boss: PgBoss, pool: Pool): Promise<void> {
  for (;;) {
    const jobs = await boss.fetch(QUEUE, { batchSize: BATCH })
    if (jobs.length === 0) return
    await inParallel(jobs, HANDLERS / 2, ({ id }) => completeWithOrder(boss, pool, id))
  }
}

async function completeWithOrder(boss: PgBoss, pool: Pool, id: string): Promise<void> {
  const client = await pool.connect()
  await client.query('begin')
  await insertOrder(client, id)
  await boss.complete(QUEUE, id, {}, { db: { executeSql: (text, values) => client.query(text, values) } })
  await client.query('commit')
  client.release()
}

async function countOpen(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from pgboss.job where state < 'completed'`,
  )
  return rows[0]?.n ?? 0
}
