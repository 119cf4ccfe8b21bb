import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { ProductImage, ShelfProduct } from '../../../shop/catalogue/product.ts'
import type { SiteParts } from '../../../site/_build/configure-site.ts'
import { SITE_URL, sampleDatabase } from '../build-sample-site.ts'
import { imaginedProducts } from '../large-shelf.ts'

const SEED = new URL('../../../db/seed/', import.meta.url)
const PICTURES = 3
/** More than a page of a list shows. */
const PRODUCTS = 30

const sentence =
  'Every sheet was drawn by hand, scanned at full size and cleaned of its dust, so that it prints as it was meant. '
const DESCRIPTION = Array.from(
  { length: 8 },
  (_, at) => `## Part ${at + 1}\n\n${sentence.repeat(3)}\n\n- one\n- two`,
).join('\n\n')

/** A shop with as much on its pages as a seller will want, in real pictures: the most that the budgets have to hold. */
export async function fullShop(): Promise<Pick<SiteParts, 'catalogue' | 'shareImagesPerBuild'>> {
  const originals = await seedPictures()
  const images = [...originals.values()].map(({ image }) => image)
  const products = imaginedProducts(PRODUCTS).map((product, at) =>
    full({ ...product, images: images.slice(at % PICTURES) }),
  )
  const read = async (sha256: string) => originals.get(sha256)?.bytes ?? null
  return { catalogue: { db: sampleDatabase(products), images: { read }, siteUrl: SITE_URL }, shareImagesPerBuild: 1 }
}

function full(product: ShelfProduct): ShelfProduct {
  if (product.type === 'affiliate') return product
  const files = ['book.pdf', 'book.epub', 'plates.zip', 'read-me.txt'].map((filename) => ({
    filename,
    content_type: 'application/octet-stream',
    size_bytes: 2_134_567,
    sha256: 'a'.repeat(64),
    version: 2,
  }))
  return { ...product, description: DESCRIPTION, licence: sentence.repeat(4), badges: ['New', 'Bestseller'], files }
}

async function seedPictures(): Promise<Map<string, { bytes: Buffer; image: ProductImage }>> {
  const files = JSON.parse(await readFile(new URL('files.json', SEED), 'utf8')) as { path: string; sha256: string }[]
  const some = files.filter(({ path }) => /^images\/.*\.jpe?g$/.test(path)).slice(0, PICTURES)
  const read = some.map(async ({ path, sha256 }) => {
    const bytes = await readFile(new URL(path, SEED))
    const { width, height } = await sharp(bytes).metadata()
    if (!width || !height) throw new Error(`${path} is no picture`)
    return [
      sha256,
      { bytes, image: { sha256, alt: `What ${path} shows`, width, height, content_type: 'image/jpeg' } },
    ] as const
  })
  return new Map(await Promise.all(read))
}
