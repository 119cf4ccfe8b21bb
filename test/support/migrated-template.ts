import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { journalOf, readMigrationFiles } from './migration-journal.ts'

const PACKAGE = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url)

let template: Promise<Blob> | undefined

/** The data folder of a migrated database. Made once per state of the migrations and kept in the OS's temp folder. */
export function migratedTemplate(): Promise<Blob> {
  template ??= loadOrMake()
  return template
}

async function loadOrMake(): Promise<Blob> {
  const files = await readMigrationFiles()
  const migrations = [...files.map(({ sql }) => sql), journalOf(files)]
  const key = createHash('sha256')
    .update(await readFile(PACKAGE))
    .update(migrations.join('\0'))
    .digest('hex')
  const file = join(tmpdir(), `till-test-database-${key.slice(0, 16)}.tar`)
  try {
    return new Blob([await readFile(file)])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return await make(migrations, file)
  }
}

async function make(migrations: string[], file: string): Promise<Blob> {
  const pglite = await PGlite.create()
  for (const sql of migrations) await pglite.exec(sql)
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  // Other test processes may be reading: a rename shows them the whole file or none.
  const part = `${file}.${randomUUID()}`
  await writeFile(part, dump.stream())
  await rename(part, file)
  return dump
}
