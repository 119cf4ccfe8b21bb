import process from 'node:process'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { insertOrder } from '../order-effect.ts'

/** pg-boss without `start()`, the shortest way that it offers a short-lived process: a pool of ours, one fetch, one completion. */
const account = JSON.parse(process.argv[2] ?? '{}') as pg.PoolConfig
const pool = new pg.Pool({ ...account, max: 1 })
const boss = new PgBoss({
  db: { executeSql: (text, values) => pool.query(text, values) },
  supervise: false,
  schedule: false,
})
const jobs = await boss.fetch('sync_order', { batchSize: 10 })
for (const { id } of jobs) {
  await insertOrder(pool, id)
  await boss.complete('sync_order', id)
}
process.stdout.write('done\n')
await pool.end()
