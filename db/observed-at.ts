import type { Database } from './database.ts'

/** The database's clock now, as text: the one clock that orders observations of a session. */
export async function findObservedAt(db: Database): Promise<string> {
  const rows = await db<{ at: string }>`select clock_timestamp()::text as at`
  const [row] = rows
  if (!row) throw new TypeError('the clock always answers with one row')
  return row.at
}
