import type { Pool } from 'pg'
import { claimJobs } from '../../db/jobs.ts'
import { createPgDatabase } from './pg-database.ts'
import { summarise } from './statistics.ts'

/** Milliseconds for a claim of 50 jobs. */
export type ClaimFigures = { empty: number; full: number }

const LIMIT = 50
const WARM_UP = 50

/** Claims from a table that holds nothing else, and from one that holds `done` finished jobs and `waiting` jobs in backoff. */
export async function measureClaims(
  pool: Pool,
  { rounds, done, waiting }: { rounds: number; done: number; waiting: number },
): Promise<ClaimFigures> {
  // The first rounds compile the code that all others run.
  await claimRounds(pool, WARM_UP)
  const empty = await claimRounds(pool, rounds)
  await fill(pool, done, waiting)
  return { empty, full: await claimRounds(pool, rounds) }
}

async function fill(pool: Pool, done: number, waiting: number): Promise<void> {
  await pool.query(
    `insert into jobs (id, kind, state, attempts, fence, finished_at)
     select 'old:' || i, 'sync_order', 'done', 1, 1, now() from generate_series(1, $1::int) as i`,
    [done],
  )
  await pool.query(
    `insert into jobs (id, kind, attempts, fence, due_at)
     select 'waiting:' || i, 'sync_order', 1, 1, now() + i * interval '1 second' + interval '1 hour' from generate_series(1, $1::int) as i`,
    [waiting],
  )
  await pool.query('vacuum analyze jobs')
  await pool.query('checkpoint')
}

/** Each round claims 50 fresh jobs, as a door that is not prepared does; between the rounds they are taken away. */
async function claimRounds(pool: Pool, rounds: number): Promise<number> {
  const db = createPgDatabase(pool, { prepared: false })
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    await pool.query(
      `insert into jobs (id, kind) select 'due:' || i, 'sync_order' from generate_series(1, ${LIMIT}) as i`,
    )
    const start = performance.now()
    const { jobs } = await claimJobs(db, { limit: LIMIT, leaseSeconds: 60, holder: 'bench' })
    times.push(performance.now() - start)
    if (jobs.length !== LIMIT) throw new Error(`claimed ${jobs.length} jobs instead of ${LIMIT}`)
    await pool.query(`delete from jobs where id like 'due:%'`)
  }
  return summarise(times).median
}
