import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import type { Folders } from './settings.ts'

export type LocalDatabase = {
  pglite: PGlite
  /** True until `markReady`: it was created by this start and is still empty. */
  isNew: boolean
  /** Call it when the database is migrated and seeded; from then on it is never made anew. */
  markReady(): Promise<void>
}

/**
 * Opens the database of a data folder, which this process must own. One whose first start did not come to its end has never
 * served anybody, so it is made anew instead of repaired.
 */
export async function openDatabase({ database, ready }: Folders): Promise<LocalDatabase> {
  const isNew = !existsSync(ready)
  if (isNew) await rm(database, { recursive: true, force: true })
  const pglite = await PGlite.create(database)
  return { pglite, isNew, markReady: () => writeFile(ready, `${new Date().toISOString()}\n`) }
}
