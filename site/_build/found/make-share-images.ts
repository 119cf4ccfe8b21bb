import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drawShareImage } from './draw-share-image.ts'
import { type ShareCard, type ShareImage, type ShareLook, shareImage } from './share-card.ts'

/** Images drawn at once: bounds memory, keeps both cores busy. */
const AT_ONCE = 4

type Cache = {
  folder: string
  /** The folder of the products' pictures. */
  pictures: string
  /** How many images one build may draw. */
  atMost: number
}

/**
 * The share image of each card by its key, drawn unless an earlier build has. A build draws `atMost` of them, in the order of the
 * cards; keys without an image are left out, and later builds go on with them.
 */
export async function makeShareImages(
  cards: Map<string, ShareCard>,
  look: ShareLook,
  cache: Cache,
): Promise<Map<string, ShareImage>> {
  const all = [...cards].map(([key, card]) => ({ key, card, image: shareImage(card, look) }))
  const isThere = ({ image }: { image: ShareImage }) => existsSync(join(cache.folder, image.name))
  const missing = [...new Map(all.map((one) => [one.image.name, one])).values()].filter((one) => !isThere(one))
  const drawn = missing.slice(0, cache.atMost)
  await mkdir(cache.folder, { recursive: true })
  for (let start = 0; start < drawn.length; start += AT_ONCE) {
    const some = drawn.slice(start, start + AT_ONCE)
    const draw = async ({ card, image }: (typeof drawn)[number]) =>
      save(join(cache.folder, image.name), await drawShareImage(card, look, cache.pictures))
    await Promise.all(some.map(draw))
  }
  const left = new Set(missing.slice(cache.atMost).map(({ image }) => image.name))
  return new Map(all.filter(({ image }) => !left.has(image.name)).map(({ key, image }) => [key, image]))
}

/** Renamed into place, so that a build that was killed leaves no half of an image behind. */
async function save(path: string, bytes: Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, bytes)
  await rename(draft, path)
}
