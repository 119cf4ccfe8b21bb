import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Batch, Database } from './database.ts'
import { splitStatements } from './sql-statements.ts'

type Migration = { name: string; sql: string; checksum: string }
type Target = { db: Database; batch: Batch }

/** Any number will do, as long as every migration of this database takes the same one. */
const LOCK = 'select pg_advisory_xact_lock(7311029)'
const JOURNAL = `create table if not exists migrations (
  name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`

/**
 * Brings the database to the newest migration and returns the names that it applied. Safe to run twice at once: each file is one
 * transaction that takes a lock and inserts its journal row first, so the slower of two runs finds the row and goes on.
 * @throws Error when two files share a number, or a file that was already applied has been edited or removed
 */
export async function migrate(
  { db, batch }: Target,
  folder = new URL('./migrations/', import.meta.url),
): Promise<string[]> {
  const files = await readMigrations(folder)
  await batch([LOCK, JOURNAL])
  const applied = await readJournal(db)
  assertUnedited(files, applied)
  const missing = files.filter((file) => !applied.has(file.name))
  const done: string[] = []
  for (const file of missing) if (await apply({ db, batch }, file)) done.push(file.name)
  return done
}

async function apply({ db, batch }: Target, { name, checksum, sql }: Migration): Promise<boolean> {
  const journal = `insert into migrations (name, checksum) values ('${name}', '${checksum}')`
  try {
    await batch([LOCK, journal, ...splitStatements(sql)])
    return true
  } catch (error) {
    // The journal's key is taken: another run has applied this file while we waited for the lock.
    if ((await readJournal(db)).get(name) === checksum) return false
    throw new Error(`migration ${name} failed; nothing of it was applied`, { cause: error })
  }
}

async function readJournal(db: Database): Promise<Map<string, string>> {
  const rows = await db<{ name: string; checksum: string }>`select name, checksum from migrations order by name`
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const odd = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
  if (odd) throw new Error(`migration ${odd} must be called NNNN_name.sql`)
  const twin = names.find((name, i) => name.slice(0, 4) === names[i - 1]?.slice(0, 4))
  if (twin) throw new Error(`two migrations share the number of ${twin}; give the newer one the next free number`)
  return Promise.all(names.map((name) => readMigration(folder, name)))
}

async function readMigration(folder: URL, name: string): Promise<Migration> {
  const sql = await readFile(new URL(name, folder), 'utf8')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

function assertUnedited(files: Migration[], applied: Map<string, string>): void {
  for (const [name, checksum] of applied) {
    const file = files.find((candidate) => candidate.name === name)
    if (!file) throw new Error(`migration ${name} was applied to this database but its file is gone; restore it`)
    if (file.checksum !== checksum)
      throw new Error(`migration ${name} was edited after it was applied; restore it and write a new one`)
  }
}
