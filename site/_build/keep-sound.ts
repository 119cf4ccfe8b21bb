import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadImage } from './make-picture.ts'
import type { ShelfSample } from './shelf-sample.ts'

/** Where the cache keeps sounds, beside the pictures. */
export function soundFolder(cacheFolder: string): string {
  return join(cacheFolder, 'samples')
}

/** Puts the sound of a sample into the cache, unless an earlier build has. @throws Error when its bytes are not in the store */
export async function keepSound(sample: ShelfSample, read: ReadImage, cacheFolder: string): Promise<void> {
  if (sample.kind !== 'audio') return
  const path = join(soundFolder(cacheFolder), sample.name)
  if (existsSync(path)) return
  const [sha256 = ''] = sample.name.split('.')
  const bytes = await read(sha256)
  if (bytes === null) throw new Error(`The sample ${sha256} ("${sample.alt}") is not in the store of product images`)
  await mkdir(soundFolder(cacheFolder), { recursive: true })
  // Renamed into place, so that a build that was killed leaves no half of a sound behind.
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}
