import { createHash } from 'node:crypto'
import type { ByteRange, FileSource } from '../shop/app.ts'
import { InvalidInput } from '../shop/errors.ts'

const CHANGED = 'The file has changed since its SHA-256 was taken; push it again.'

/** Bytes of a file that is being stored. @throws InvalidInput when the file has become shorter */
export async function readPiece(source: FileSource, { first, last }: ByteRange): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(last < first ? [] : await source.read({ first, last }))
  if (bytes.byteLength === last - first + 1) return bytes
  throw new InvalidInput(CHANGED)
}

/** All bytes of a small file. @throws InvalidInput when it is no longer the one whose SHA-256 was taken */
export async function readWhole(source: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readPiece(source, { first: 0, last: source.sizeBytes - 1 })
  if (createHash('sha256').update(bytes).digest('hex') === source.sha256) return bytes
  throw new InvalidInput(CHANGED)
}
