import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadBookmark } from '../../../shop/app.ts'

/**
 * Where an upload notes how far it is: a file of the command line's folder, one for each `place`, which names the bytes and where they
 * go. It is written beside and renamed, so that a kill leaves the old one or the new one. `save` throws Error when the disk takes nothing.
 */
export function uploadBookmark(folder: string, place: string): UploadBookmark {
  const uploads = join(folder, 'uploads')
  const file = join(uploads, `${createHash('sha256').update(place).digest('hex').slice(0, 32)}.json`)
  return {
    load: () => readFile(file, 'utf8').catch(nullIfMissing),
    save: async (state) => {
      const part = `${file}.${process.pid}.part`
      try {
        await mkdir(uploads, { recursive: true })
        await writeFile(part, state)
        await rename(part, file)
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined)
        throw new Error(`${uploads} takes no note of how far the upload is: is the disk full?`, { cause: error })
      }
    },
    clear: () => rm(file, { force: true }),
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
