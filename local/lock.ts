import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Lock = { release(): void }

/** Another process owns the data folder. */
export class FolderTaken extends Error {
  readonly folder: string
  constructor(folder: string, options: ErrorOptions) {
    super(`${folder} is in use by another process`, options)
    this.folder = folder
  }
}

/**
 * Makes this process the only owner of a data folder. The lock is SQLite's on a file that is held open: the system frees it
 * when the process ends in whatever way, so a lock is never stale. @throws FolderTaken
 */
export function lockFolder(folder: string): Lock {
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    db.exec('pragma busy_timeout = 0; begin exclusive')
  } catch (error) {
    db.close()
    if (/database is locked/.test((error as Error).message)) throw new FolderTaken(folder, { cause: error })
    throw error
  }
  return { release: () => db.close() }
}
