import { createHash } from 'node:crypto'
import type { LocalFile } from './local-file.ts'

const PIECE = 4 * 1024 * 1024

type Watch = { progress(doneBytes: number): void; signal: AbortSignal }

/** The SHA-256 of a file's bytes, in hex; the file is never in memory as a whole. Rejects with the signal's reason when it aborts. */
export async function hashFile({ sizeBytes, read }: LocalFile, { progress, signal }: Watch): Promise<string> {
  const hash = createHash('sha256')
  for (let first = 0; first < sizeBytes; first += PIECE) {
    signal.throwIfAborted()
    const last = Math.min(first + PIECE, sizeBytes) - 1
    hash.update(await read({ first, last }))
    progress(last + 1)
  }
  return hash.digest('hex')
}
