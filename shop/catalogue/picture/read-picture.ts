import type { ProductImage } from '../product.ts'
import { readAvif } from './read-avif.ts'
import { readJpeg } from './read-jpeg.ts'
import { readPng } from './read-png.ts'
import { readWebp } from './read-webp.ts'

/** Kinds of pictures that a product can have. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const
/** Bytes of one: the build reads and encodes each, and a photograph of a telephone has less. */
export const LARGEST_PICTURE = 10_000_000
/** Pixels across and down: beyond them encoding costs more memory than a build has. */
export const LONGEST_SIDE = 12_000

const READERS = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/avif': readAvif,
} as const

export type PictureFacts = Pick<ProductImage, 'width' | 'height' | 'content_type'>

/** What kind of picture these bytes are, whatever their name says, and its size when upright; null when it is none that a product can have. */
export function readPicture(bytes: Uint8Array): PictureFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const content_type of PICTURE_TYPES) {
    const size = READERS[content_type](view)
    if (size && size.width > 0 && size.height > 0) return { ...size, content_type }
  }
  return null
}

/** What is wrong with a picture, as a sentence that says what to do; null when nothing is. */
export function faultOfPicture(bytes: Uint8Array): string | null {
  if (bytes.byteLength > LARGEST_PICTURE)
    return `It is larger than ${LARGEST_PICTURE / 1_000_000} MB. Save it smaller, 2,800 pixels across are plenty.`
  const facts = readPicture(bytes)
  if (!facts) return 'It is no JPEG, PNG, WebP or AVIF, whatever its name says. Save it as one of these.'
  if (Math.max(facts.width, facts.height) <= LONGEST_SIDE) return null
  return `It is ${facts.width} by ${facts.height} pixels. Make it at most ${LONGEST_SIDE} on its longer side.`
}
