import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import pg, { type Pool } from 'pg'
import { BATCH, type Contender, HANDLERS } from '../contender.ts'
import { insertOrder, ORDERS } from '../order-effect.ts'

const logger = new Logger(() => () => undefined)

const INBOX =
  'create table inbox (id text primary key, payload jsonb not null, received_at timestamptz not null default now())'

/** A job key is free again once its job is done, so what makes a delivery happen once is an inbox beside the queue. */
const ENQUEUE = `with first as (insert into inbox (id, payload) values ($1, $2::jsonb) on conflict (id) do nothing returning id, payload)
  select graphile_worker.add_job('sync_order', payload::json) from first`

const FILL = `select count(*) from graphile_worker.add_jobs(array(
  select json_populate_record(null::graphile_worker.job_spec,
    json_build_object('identifier', 'sync_order', 'payload', json_build_object('id', 'evt_' || i)))
  from generate_series(1, $1::int) as i))`

/** graphile-worker tuned as its page on performance says: local queue and batched completions. */
export const contender: Contender = {
  async install(account) {
    const pool = new pg.Pool({ ...account, max: 2 })
    await runMigrations({ pgPool: pool, logger })
    await pool.query(INBOX)
    await pool.query(ORDERS)
    await pool.end()
  },
  async open(_account, pool) {
    return {
      enqueue: ({ id, body }) => pool.query(ENQUEUE, [id, JSON.stringify(body)]),
      fill: (jobs) => pool.query(FILL, [jobs]),
      drain: {
        noop: () => drain(pool, async () => undefined),
        order: () => drain(pool, (_payload, { job }) => insertOrder(pool, job.id)),
      },
      countOpen: () => countOpen(pool),
      close: async () => undefined,
    }
  },
}

/** The time from the first job that is ready to run until the last completion is written; the worker's own start is not counted. */
async function drain(pool: Pool, work: (payload: unknown, helpers: { job: { id: string } }) => Promise<void>) {
  const open = await countOpen(pool)
  let [done, start] = [0, 0]
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const taskList: TaskList = {
    sync_order: async (payload, helpers) => {
      start ||= performance.now()
      await work(payload, helpers)
      done += 1
      if (done === open) finish()
    },
  }
  const runner = await startRunner(pool, taskList)
  await finished
  // Stopping flushes the completions that wait in the batch.
  await runner.stop()
  return performance.now() - start
}

function startRunner(pool: Pool, taskList: TaskList): Promise<Runner> {
  return run({
    pgPool: pool,
    logger,
    taskList,
    noHandleSignals: true,
    concurrency: HANDLERS,
    parsedCronItems: [],
    preset: { worker: { localQueue: { size: BATCH }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
}

async function countOpen(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs')
  return rows[0]?.n ?? 0
}
