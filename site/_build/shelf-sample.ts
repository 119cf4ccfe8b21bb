import type { ProductImage, ProductSample } from '../../shop/catalogue/product.ts'
import { describePicture, type Picture } from './picture.ts'

/** Something to hear or to look at before buying, as a page shows it. `name` is the sound's file under /assets/samples. */
export type ShelfSample =
  | { kind: 'audio'; alt: string; seconds: number; url: string; name: string }
  | { kind: 'pdf' | 'image'; alt: string; pictures: Picture[] }

/** What browsers play, by content type. */
const ENDINGS: Record<string, string> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
}

/** What the page shows of a sample, without looking at its bytes. @throws Error when the catalogue does not say enough of it */
export function shelfSample(sample: ProductSample): ShelfSample {
  const { kind, alt } = sample
  if (kind !== 'audio') return { kind, alt, pictures: sampleImages(sample).map(describePicture) }
  const ending = ENDINGS[sample.content_type]
  if (!ending || !sample.seconds)
    throw new Error(`The sample "${alt}" is no sound that browsers play, or has no length: ${sample.content_type}`)
  const name = `${sample.sha256}.${ending}`
  return { kind, alt, seconds: sample.seconds, url: `/assets/samples/${name}`, name }
}

/** The pictures that stand for a sample: its pages, or itself. */
export function sampleImages({ kind, sha256, alt, content_type, width, height, pages }: ProductSample): ProductImage[] {
  if (kind === 'audio') return []
  if (kind === 'pdf') return pages ?? []
  if (!width || !height) throw new Error(`The sample "${alt}" is a picture without a size`)
  return [{ sha256, alt, width, height, content_type }]
}
