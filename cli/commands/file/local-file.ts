import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ByteRange } from '../../../shop/app.ts'

/** A file of this machine that is being read; `name` as it is called here, `sizeBytes` when it was opened. */
export type LocalFile = {
  name: string
  sizeBytes: number
  /** @throws Error when the file has become shorter meanwhile */
  read(range: ByteRange): Promise<Uint8Array>
  /** Whether somebody has written to it since it was opened. */
  hasChanged(): Promise<boolean>
}

/** Opening a pipe would otherwise wait for somebody to write into it. */
const AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK

/** The absolute path of what was typed: npm itself moves to the folder of package.json and leaves behind where it was called. */
export function localPath(typed: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), typed)
}

/** Runs `work` with a file that is open for its length. @throws Error when there is none, or it is a folder, or holds nothing */
export async function withLocalFile<Result>(path: string, work: (file: LocalFile) => Promise<Result>): Promise<Result> {
  const handle = await open(localPath(path), AT_ONCE).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new Error(`There is no file ${path}.`)
    throw new Error(`${path} cannot be read.`, { cause: error })
  })
  try {
    return await work(await describe(handle, path))
  } finally {
    await handle.close()
  }
}

async function describe(handle: FileHandle, path: string): Promise<LocalFile> {
  const stat = await handle.stat({ bigint: true })
  if (stat.isDirectory()) throw new Error(`${path} is a folder. Pack it into one file first, such as a .zip.`)
  if (!stat.isFile()) throw new Error(`${path} is not a file.`)
  if (stat.size === 0n) throw new Error(`${path} is empty.`)
  // Some systems hand out é as e and an accent, which others do not find again.
  const name = basename(path).normalize('NFC')
  return {
    name,
    sizeBytes: Number(stat.size),
    read: (range) => read(handle, range, path),
    hasChanged: async () => {
      const { mtimeNs, size } = await handle.stat({ bigint: true })
      return mtimeNs !== stat.mtimeNs || size !== stat.size
    },
  }
}

async function read(handle: FileHandle, { first, last }: ByteRange, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(last - first + 1)
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, first + done)
    if (bytesRead === 0) throw new Error(`${path} has become shorter while it was read.`)
    done += bytesRead
  }
  return bytes
}
