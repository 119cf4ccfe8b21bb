import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import { readPicture } from './picture/read-picture.ts'

/** The bytes of a picture in the store, and their kind. @throws NotFound when there is none, or when it is something else */
export async function openPicture(app: App, sha256: string): Promise<{ bytes: Uint8Array; content_type: string }> {
  const bytes = await app.pictures.read(sha256)
  const facts = bytes && readPicture(bytes)
  if (!facts) throw new NotFound('There is no such picture.')
  return { bytes, content_type: facts.content_type }
}
