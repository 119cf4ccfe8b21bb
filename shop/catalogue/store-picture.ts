import type { App } from '../app.ts'
import { type NamedPicture, namePicture } from './picture/picture-facts.ts'

/** Keeps a picture where the build looks for it. @throws InvalidInput when it is none that a product can have, saying what to do */
export async function storePicture(app: Pick<App, 'pictures'>, bytes: Uint8Array): Promise<NamedPicture> {
  const found = namePicture(bytes)
  if (!(await app.pictures.has(found.sha256))) await app.pictures.write(found.sha256, bytes, found.content_type)
  return found
}
