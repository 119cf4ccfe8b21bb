import pg from 'pg'
import { bundle } from './bundle.ts'
import { CONTENDERS, type ContenderName, loadContender } from './contender.ts'
import type { Laboratory } from './laboratory.ts'
import { measureImport } from './measure-import.ts'
import { measureWake } from './measure-wake.ts'
import type { Plan } from './plan.ts'
import type { Account } from './postgres.ts'
import type { Samples } from './samples.ts'

type Cold = { laboratory: Laboratory; plan: Plan; samples: Samples }

const RTT_MS = 10
const DRIVER = `export { neon } from '@neondatabase/serverless';`
const QUEUE = `export { enqueueJob } from '../../db/jobs.ts'; export { runWorker } from '../../workers/runtime/run-worker.ts';`

/** Wakes each contender's bundled worker in a cold process: with one job to do, and with none. */
export async function measureWakes({ laboratory, plan, samples }: Cold): Promise<void> {
  for (let round = 0; round < plan.wakes; round++)
    for (const contender of CONTENDERS) {
      const name = `${contender}-wake`
      const { file } = await bundle({ entry: `wake/${contender}.ts` }, { folder: laboratory.folder, name })
      await laboratory.withDatabase(contender, async (account) => {
        await enqueueOne(contender, account)
        const trial = { contender, account, file, rttMs: RTT_MS }
        const wake = await measureWake(trial)
        samples.add('wake', contender, wake.elapsed)
        samples.add('wake-statements', contender, wake.statements)
        samples.add('empty-statements', contender, (await measureWake(trial)).statements)
        if ((await countOpen(contender, account)) > 0) throw new Error(`${contender} woke and left its job undone`)
      })
    }
}

function enqueueOne(contender: ContenderName, account: Account) {
  return withQueue(contender, account, (queue) => queue.fill(1))
}

function countOpen(contender: ContenderName, account: Account) {
  return withQueue(contender, account, (queue) => queue.countOpen())
}

type Queue = Awaited<ReturnType<Awaited<ReturnType<typeof loadContender>>['open']>>

async function withQueue<Result>(name: ContenderName, account: Account, work: (queue: Queue) => Promise<Result>) {
  const pool = new pg.Pool({ ...account, max: 2 })
  const queue = await (await loadContender(name)).open(account, pool)
  try {
    return await work(queue)
  } finally {
    await queue.close()
    await pool.end()
  }
}

/** The size of the queue's code, and what it adds to the import of the driver that the shop needs anyway. */
export async function measureBundles({ laboratory, plan, samples }: Cold): Promise<void> {
  const { folder } = laboratory
  const queue = await bundle({ code: QUEUE }, { folder, name: 'till-queue' })
  const driver = await bundle({ code: DRIVER }, { folder, name: 'till-driver' })
  const both = await bundle({ code: DRIVER + QUEUE }, { folder, name: 'till-both' })
  const boss = await bundle({ code: `export { PgBoss } from 'pg-boss'` }, { folder, name: 'pg-boss' })
  const graphile = await bundle({ code: `export { run } from 'graphile-worker'` }, { folder, name: 'graphile-worker' })
  samples.add('bytes', 'till', queue.bytes)
  samples.add('bytes', 'pg-boss', boss.bytes)
  samples.add('bytes', 'graphile-worker', graphile.bytes)
  for (let round = 0; round < plan.imports; round++) {
    samples.add('import', 'driver', await measureImport(driver.file))
    samples.add('import', 'till', await measureImport(both.file))
    samples.add('import', 'pg-boss', await measureImport(boss.file))
    samples.add('import', 'graphile-worker', await measureImport(graphile.file))
  }
}
