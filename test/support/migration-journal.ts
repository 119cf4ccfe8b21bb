import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

const MIGRATIONS = new URL('../../db/migrations/', import.meta.url)

export type MigrationFile = { name: string; sql: string }

/** The migrations in their order. */
export async function readMigrationFiles(): Promise<MigrationFile[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, MIGRATIONS), 'utf8') })))
}

/** SQL that notes the migrations as `migrate` does, for databases that were made without it because that takes longer. */
export function journalOf(files: MigrationFile[]): string {
  const rows = files.map(({ name, sql }) => `('${name}', '${createHash('sha256').update(sql).digest('hex')}')`)
  return `create table migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp());
    insert into migrations (name, checksum) values ${rows.join(', ')};`
}
