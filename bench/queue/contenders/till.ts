import pg, { type Pool } from 'pg'
import { enqueueJob } from '../../../db/jobs.ts'
import { migrate } from '../../../db/migrate.ts'
import type { Contender } from '../contender.ts'
import { ORDERS } from '../order-effect.ts'
import { createPgBatch, createPgDatabase } from '../pg-database.ts'
import { createTillDrains } from './till-drains.ts'

/** Ids like Stripe's: they begin with the time and end in chance. */
const FILL = `insert into jobs (id, kind, payload)
  select 'stripe:evt_1' || lpad(i::text, 8, '0') || left(md5(random()::text), 14), 'sync_order', jsonb_build_object('id', 'evt_' || i)
  from generate_series(1, $1::int) as i`

/** Till's own queue: the statements of db/jobs.ts over `pg`. */
export const contender: Contender = {
  async install(account) {
    const pool = new pg.Pool({ ...account, max: 1 })
    await migrate({ db: createPgDatabase(pool, { prepared: false }), batch: createPgBatch(pool) })
    await pool.query(ORDERS)
    await pool.end()
  },
  async open(_account, pool) {
    const db = createPgDatabase(pool, { prepared: false })
    return {
      enqueue: ({ id, body }) => enqueueJob(db, { id, kind: 'sync_order', payload: body }),
      fill: (jobs) => pool.query(FILL, [jobs]),
      drain: createTillDrains(pool),
      countOpen: () => countOpen(pool),
      close: async () => undefined,
    }
  },
}

async function countOpen(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from jobs where state = 'open'`)
  return rows[0]?.n ?? 0
}
