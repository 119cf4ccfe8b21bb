import type { App } from '../app.ts'
import { InvalidInput } from '../errors.ts'
import { LARGEST_UPLOAD, sizeOfPart } from './upload-parts.ts'

type Part = { sha256: string; sizeBytes: number; part: number; bytes: Uint8Array }

/** Keeps a part of an upload, however often it comes. @throws InvalidInput unless it is as long as that part is */
export async function storePart(app: App, { sha256, sizeBytes, part, bytes }: Part): Promise<void> {
  const wanted = sizeBytes <= LARGEST_UPLOAD && /^[0-9a-f]{64}$/.test(sha256) ? sizeOfPart(sizeBytes, part) : 0
  if (wanted === 0 || bytes.byteLength !== wanted) throw new InvalidInput('This is no part of that file.')
  await app.uploads.writePart(sha256, part, bytes)
}
