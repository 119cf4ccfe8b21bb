import { createHash } from 'node:crypto'
import { InvalidInput } from '../../errors.ts'
import { faultOfPicture, type PictureFacts, readPicture } from './read-picture.ts'

/** A picture by the SHA-256 of its bytes, as the catalogue names it. */
export type NamedPicture = PictureFacts & { sha256: string }

/** What the catalogue says about a picture. @throws InvalidInput when it is none that a product can have, saying what to do */
export function namePicture(bytes: Uint8Array): NamedPicture {
  const fault = faultOfPicture(bytes)
  const facts = readPicture(bytes)
  if (fault || !facts) throw new InvalidInput(fault ?? 'This is no picture.')
  return { ...facts, sha256: createHash('sha256').update(bytes).digest('hex') }
}
