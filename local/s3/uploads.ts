import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Received } from './receive-body.ts'
import { S3Error } from './s3-error.ts'

/** S3 takes no smaller part than this, but for the last one. */
const SMALLEST_PART = 5 * 1024 ** 2

const Begun = z.object({
  key: z.string(),
  content_type: z.string(),
  metadata: z.record(z.string(), z.string()),
})
export type Begun = z.infer<typeof Begun>

const Part = z.object({ number: z.int(), path: z.string(), size: z.int(), md5: z.string() })
export type Part = z.infer<typeof Part>

export type Uploads = ReturnType<typeof createUploads>

/** Uploads in parts that have not come to their end, each a folder. */
export function createUploads(folder: string) {
  const folderOf = (id: string) => join(folder, 'uploads', id)
  const read = async (id: string, key: string): Promise<Begun> => {
    const begun = /^[0-9a-f]{32}$/.test(id) ? await readJson(join(folderOf(id), 'upload.json'), Begun) : undefined
    if (begun?.key === key) return begun
    throw new S3Error(404, 'NoSuchUpload', 'The specified multipart upload does not exist.')
  }
  const parts = async (id: string): Promise<Part[]> => {
    const names = (await readdir(folderOf(id))).filter((name) => /^\d+\.json$/.test(name))
    const found = await Promise.all(names.map((name) => readJson(join(folderOf(id), name), Part)))
    return found.flatMap((part) => part ?? []).sort((one, other) => one.number - other.number)
  }
  return {
    begin: async (begun: Begun): Promise<string> => {
      const id = randomBytes(16).toString('hex')
      await mkdir(folderOf(id), { recursive: true })
      await writeFile(join(folderOf(id), 'upload.json'), JSON.stringify(begun))
      return id
    },
    read,
    parts,
    /** Where the bytes of its parts are kept. */
    folderOf,
    putPart: async (id: string, number: number, { path, size, md5 }: Received) => {
      const entry = join(folderOf(id), `${number}.json`)
      const before = await readJson(entry, Part)
      await writeFile(`${path}.json`, JSON.stringify({ number, path, size, md5 }))
      await rename(`${path}.json`, entry)
      if (before) await rm(before.path, { force: true })
    },
    // A part whose connection has broken off may be leaving its file just now.
    remove: (id: string) => rm(folderOf(id), { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** The parts that a client wants to make a file of. @throws S3Error when they are not those that are there */
export function chooseParts(stored: Part[], wanted: { number: number; etag: string }[]): Part[] {
  const isRising = wanted.every(({ number }, i) => number > (wanted[i - 1]?.number ?? 0))
  if (!isRising || wanted.length === 0)
    throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.')
  return wanted.map(({ number, etag }, i) => {
    const part = stored.find((one) => one.number === number)
    if (part?.md5 !== etag)
      throw new S3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.')
    if (part.size < SMALLEST_PART && i < wanted.length - 1)
      throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
    return part
  })
}

/** Writes the parts into one file; its size, and the etag that S3 gives it. */
export async function joinParts(parts: Part[], path: string): Promise<{ size: number; etag: string }> {
  for (const part of parts) await pipeline(createReadStream(part.path), createWriteStream(path, { flags: 'a' }))
  const md5 = createHash('md5')
  for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'))
  return { size: parts.reduce((sum, { size }) => sum + size, 0), etag: `${md5.digest('hex')}-${parts.length}` }
}

async function readJson<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape> | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
