import type { Pool } from 'pg'

/** What the benchmark's orders are: the same table and the same row for every contender, keyed so that a repetition adds none. */
export const ORDERS = `create table bench_orders (
  id text primary key, session_id text not null unique, status text not null, amount_total bigint not null,
  observed_at timestamptz not null default now())`

/** The effect of one job, as a statement of its own. */
export async function insertOrder(pool: Pick<Pool, 'query'>, jobId: string): Promise<void> {
  await pool.query({
    name: 'insert_order',
    text: `insert into bench_orders (id, session_id, status, amount_total) values ('ord_' || $1, 'cs_' || $1, 'paid', 1900)
      on conflict (session_id) do nothing`,
    values: [jobId],
  })
}
