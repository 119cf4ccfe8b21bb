import type { Database } from './database.ts'

/** The names of the migrations that a database has, and what its clock says. */
export async function readAppliedMigrations(db: Database): Promise<{ names: string[]; at: Date }> {
  const rows = await db<{ names: string[]; at: Date }>`
    select coalesce(array_agg(name order by name), '{}') as names, clock_timestamp() as at from migrations`
  return rows[0] ?? { names: [], at: new Date(0) }
}
