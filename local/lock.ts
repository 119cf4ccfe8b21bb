import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Lock = { release(): void }

/** Another process owns the data folder. */
export class FolderTaken extends Error {}

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
    if (!/database is locked/.test((error as Error).message)) throw error
    throw new FolderTaken(`${folder} is in use by another process${nameOf(ownerFile(folder))}`, { cause: error })
  }
  writeFileSync(ownerFile(folder), `${process.pid}\n`)
  return { release: () => db.close() }
}

/** Only for people to read: who owns the folder is decided by the lock alone. */
function ownerFile(folder: string): string {
  return join(folder, 'owner.pid')
}

function nameOf(file: string): string {
  try {
    return ` (${readFileSync(file, 'utf8').trim()})`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
