import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import makeImages from '@11ty/eleventy-img'
import type { ProductImage } from '../../shop/catalogue/product.ts'
import { describePicture, type Picture } from './picture.ts'

/** Where a picture's original bytes come from; `null` when there are none under that SHA-256. */
export type ReadImage = (sha256: string) => Promise<Uint8Array | null>

/** A first build must not take minutes: more effort would save a tenth of the bytes for three times the time. */
const SETTINGS = {
  formats: ['avif', 'webp', 'jpeg'],
  dryRun: true,
  useCache: false,
  // Telephones write down how a photograph must be turned; the catalogue has its size when upright.
  fixOrientation: true,
  sharpAvifOptions: { quality: 58, effort: 1, chromaSubsampling: '4:2:0' },
  sharpWebpOptions: { quality: 78, effort: 2 },
  sharpJpegOptions: { quality: 80, progressive: true },
}

type Made = Awaited<ReturnType<typeof makeImages>>

/**
 * Makes the files of a picture in `cacheFolder`, unless an earlier build has: names carry the SHA-256, so they never go stale.
 * @throws Error when the original is missing, or when its size is not the one that the catalogue says
 */
export async function makePicture(image: ProductImage, read: ReadImage, cacheFolder: string): Promise<Picture> {
  const picture = describePicture(image)
  const isMissing = (name: string) => !existsSync(join(cacheFolder, name))
  if (!picture.files.some((file) => isMissing(file.name))) return picture
  const made = await encode(image, await original(image, read), picture)
  await mkdir(cacheFolder, { recursive: true })
  await Promise.all(picture.files.map((file) => save(join(cacheFolder, file.name), find(made, file, image))))
  return picture
}

async function original(image: ProductImage, read: ReadImage): Promise<Uint8Array> {
  const bytes = await read(image.sha256)
  if (bytes === null)
    throw new Error(`The picture ${image.sha256} ("${image.alt}") is not in the store of product images`)
  return bytes
}

function encode(image: ProductImage, bytes: Uint8Array, picture: Picture): Promise<Made> {
  const widths = [...new Set(picture.files.map((file) => file.width))]
  const filenameFormat = (_id: string, _source: string, width: number, format: string) =>
    `${image.sha256}-${width}.${format}`
  return makeImages(Buffer.from(bytes), { ...SETTINGS, widths, filenameFormat })
}

function find(made: Made, file: Picture['files'][number], image: ProductImage): Buffer {
  const match = made[file.format]?.find((one) => one.width === file.width)
  if (match) return match.buffer
  throw new Error(
    `The picture ${image.sha256} ("${image.alt}") is not ${image.width} pixels wide, as the catalogue says`,
  )
}

/** Renamed into place, so that a build that was killed leaves no half of a picture behind. */
async function save(path: string, bytes: Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, bytes)
  await rename(draft, path)
}
