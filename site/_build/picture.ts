import type { ProductImage } from '../../shop/catalogue/product.ts'

/** Pixels across; the last is enough for a product page's gallery on a dense screen. */
const WIDTHS = [400, 800, 1400]
/** In the order in which a browser should consider them; the last is what every browser can show. */
const FORMATS = ['avif', 'webp', 'jpeg'] as const

type Format = (typeof FORMATS)[number]
type PictureFile = { name: string; width: number; format: Format }
type PictureSource = { type: string; srcset: string }

/** A product's picture as a page shows it. `src`, `width` and `height` are those of the largest JPEG, `thumb` is the smallest file that every browser shows. */
export type Picture = {
  alt: string
  width: number
  height: number
  src: string
  thumb: string
  sources: PictureSource[]
  srcset: string
  files: PictureFile[]
}

/** What the build makes of a picture: which files under /assets/images, without looking at its bytes. */
export function describePicture(image: ProductImage): Picture {
  const widths = pictureWidths(image.width)
  const width = Math.max(...widths)
  const files = FORMATS.flatMap((format) => widths.map((across) => pictureFile(image.sha256, across, format)))
  return {
    alt: image.alt,
    width,
    height: Math.round((width * image.height) / image.width),
    src: pictureUrl(pictureFile(image.sha256, width, 'jpeg')),
    thumb: pictureUrl(pictureFile(image.sha256, Math.min(...widths), 'webp')),
    sources: ['avif', 'webp'].map((format) => ({ type: `image/${format}`, srcset: srcset(files, format) })),
    srcset: srcset(files, 'jpeg'),
    files,
  }
}

/** The widths to make: never wider than the picture itself. */
export function pictureWidths(original: number): number[] {
  const smaller = WIDTHS.filter((width) => width < original)
  return smaller.length === WIDTHS.length ? smaller : [...smaller, original]
}

function pictureFile(sha256: string, width: number, format: Format): PictureFile {
  return { name: `${sha256}-${width}.${format}`, width, format }
}

function pictureUrl(file: PictureFile): string {
  return `/assets/images/${file.name}`
}

function srcset(files: PictureFile[], format: string): string {
  const chosen = files.filter((file) => file.format === format)
  return chosen.map((file) => `${pictureUrl(file)} ${file.width}w`).join(', ')
}
