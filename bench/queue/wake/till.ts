import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { createDatabase } from '../../../adapters/neon.ts'
import type { App } from '../../../shop/app.ts'
import type { JobHandler } from '../../../workers/registry.ts'
import { runWorker } from '../../../workers/runtime/run-worker.ts'
import { settleWithOrder } from '../contenders/settle-with-order.ts'

/** Till's own worker over Neon's driver. Its marks and notes are kept in memory: they are requests to Blobs, not to the database. */
const { databaseUrl = '', sqlEndpoint } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
const db = createDatabase({ databaseUrl, sqlEndpoint })
const silent = () => undefined
const app: Pick<App, 'db' | 'health' | 'log' | 'waker' | 'now' | 'pause'> = {
  db,
  log: { info: silent, warn: silent, error: (_event, error) => process.stderr.write(String(error)) },
  health: {
    read: async () => ({ work: null, sweep: null }),
    writeWork: async () => undefined,
    writeSweep: async () => undefined,
  },
  now: () => new Date(),
  pause: (ms, signal) => pause(ms, undefined, signal ? { signal } : {}),
  waker: {
    poke: async () => false,
    verifyPoke: silent,
    listMarks: async () => [],
    writeMark: async (at) => ({ key: 'wake/1', at }),
    deleteMarks: async () => undefined,
  },
}
const syncOrder: JobHandler = async (_app, { job }) => {
  await settleWithOrder(db, job)
  // As with pg-boss: the job is done here; the worker then looks once more for work.
  process.stdout.write('done\n')
  return 'settled'
}
const limits = { batch: 10, leaseSeconds: 60, budgetSeconds: 60, holder: 'bench' }
await runWorker(app as App, { sync_order: syncOrder }, limits)
process.stdout.write('asleep\n')
