import { dirname, resolve } from 'node:path'
import type { App } from '../../../shop/app.ts'
import { readPictureFile } from '../product/read-pictures.ts'
import type { RawEntry } from './entry-of.ts'
import { bytesOf, type NamedBytes, pictureFolder } from './picture-folder.ts'
import type { Step } from './plan-import.ts'

/** Bytes that the shop does not have yet, by their SHA-256. */
export type Cargo = Map<string, { bytes: Uint8Array; content_type: string }>

/**
 * Entries in which a person has named a picture by a path, such as `{ file: cover.jpg, alt: … }`, with what the catalogue says of it instead.
 * @throws Error naming the file and what to do
 */
export async function resolvePictures(entries: RawEntry[], path: string, cargo: Cargo): Promise<RawEntry[]> {
  const resolveOne = async (image: unknown): Promise<unknown> => {
    if (typeof image !== 'object' || image === null || !('file' in image)) return image
    const { file, alt } = image as { file: unknown; alt?: unknown }
    const read = await readPictureFile(resolve(dirname(path), String(file)), String(alt ?? ''))
    cargo.set(read.image.sha256, { bytes: read.bytes, content_type: read.image.content_type })
    return read.image
  }
  const all: RawEntry[] = []
  for (const entry of entries) {
    const images = Array.isArray(entry.images) ? await Promise.all(entry.images.map(resolveOne)) : undefined
    all.push(images ? { ...entry, images } : entry)
  }
  return all
}

/** Finds the pictures that the steps need: in the shop, or in the folder beside the file. Returns a line for each that is nowhere. */
export async function findPictures(
  { pictures }: Pick<App, 'pictures'>,
  { steps, path }: { steps: Step[]; path: string },
  cargo: Cargo,
): Promise<string[]> {
  const folder = pictureFolder(dirname(path))
  const faults: string[] = []
  for (const [sha256, { content_type, slug }] of needed(steps)) {
    if (cargo.has(sha256) || (await pictures.has(sha256))) continue
    const bytes = await folder.read(sha256)
    if (bytes) cargo.set(sha256, { bytes, content_type })
    else
      faults.push(
        `${slug}: picture ${sha256.slice(0, 12)}… is neither in the shop nor in the folder pictures beside the file.`,
      )
  }
  return faults
}

/** Puts what was found where the build looks for it. */
export async function deliverPictures({ pictures }: Pick<App, 'pictures'>, cargo: Cargo): Promise<void> {
  for (const [sha256, { bytes, content_type }] of cargo)
    if (!(await pictures.has(sha256))) await pictures.write(sha256, bytes, content_type)
}

function needed(steps: Step[]): Map<string, NamedBytes & { slug: string }> {
  const all = steps.flatMap((step) => {
    if (step.kind === 'keep') return []
    const shown = bytesOf(step.kind === 'add' ? step.copy : step.patch)
    return shown.map((one): [string, NamedBytes & { slug: string }] => [one.sha256, { ...one, slug: step.slug }])
  })
  return new Map(all)
}
