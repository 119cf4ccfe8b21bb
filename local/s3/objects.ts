import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const S3Object = z.object({
  key: z.string(),
  size: z.int(),
  etag: z.string(),
  content_type: z.string(),
  metadata: z.record(z.string(), z.string()),
  modified_at: z.iso.datetime(),
  /** The file with the bytes. */
  path: z.string(),
})
export type S3Object = z.infer<typeof S3Object>

/** The objects of one bucket, each a small file that names the file with its bytes. */
export type Objects = ReturnType<typeof createObjects>

export function createObjects(folder: string) {
  // A key may be longer than the name of a file.
  const entryOf = (key: string) => join(folder, 'objects', `${createHash('sha256').update(key).digest('hex')}.json`)
  const find = (key: string) => readEntry(entryOf(key))
  return {
    /** Where bytes on their way to an object are kept. */
    data: join(folder, 'data'),
    find,
    /** The object and its bytes, open for reading: they stay readable when the object is replaced. */
    open: async (key: string): Promise<{ object: S3Object; file: FileHandle } | undefined> => {
      const object = await find(key)
      return object && { object, file: await open(object.path) }
    },
    put: async (object: S3Object) => {
      const before = await find(object.key)
      await writeEntry(entryOf(object.key), object)
      if (before) await rm(before.path, { force: true })
    },
    remove: async (key: string) => {
      const before = await find(key)
      await rm(entryOf(key), { force: true })
      if (before) await rm(before.path, { force: true })
    },
  }
}

async function readEntry(path: string): Promise<S3Object | undefined> {
  try {
    return S3Object.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** In one step, so that a kill halfway leaves the object that was there. */
async function writeEntry(path: string, object: S3Object): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(part, JSON.stringify(object))
  await rename(part, path)
}
