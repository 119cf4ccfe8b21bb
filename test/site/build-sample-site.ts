import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import Eleventy from '@11ty/eleventy'
import type { Database } from '../../db/database.ts'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import { staticHeaders } from '../../shop/headers.ts'
import shop from '../../shop.config.ts'
import { configureSite, type SiteParts } from '../../site/_build/configure-site.ts'
import { PIXEL, pixelImage, sampleProducts } from './sample-products.ts'

export const SITE_URL = 'https://shop.example.com'

export type SampleSite = {
  folder: string
  build(products?: ShelfProduct[], parts?: Partial<SiteParts>): Promise<void>
  /** Text of a file of the built site; `../errors.json` is the one outside. */
  read(path: string): Promise<string>
  /** Paths of all files, such as `store/index.html`. */
  files(): Promise<string[]>
  remove(): Promise<void>
}

/** A folder of its own in which the shop's real pages are built from products in memory. */
export async function createSampleSite(): Promise<SampleSite> {
  const root = await mkdtemp(join(tmpdir(), 'till-site-'))
  const folder = join(root, 'site')
  return {
    folder,
    build: (products = sampleProducts, parts = {}) => build(folder, { ...sampleParts(products, root), ...parts }),
    read: (path) => readFile(join(folder, path), 'utf8'),
    files: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)))
    },
    remove: () => rm(root, { recursive: true }),
  }
}

function sampleParts(products: ShelfProduct[], root: string): SiteParts {
  const db = sampleDatabase(products)
  const read = async (sha256: string) => (sha256 === pixelImage.sha256 ? PIXEL : null)
  const catalogue = { db, images: { read }, siteUrl: SITE_URL }
  const headers = (styles: string[]) => staticHeaders(SITE_URL, styles)
  return { shop, headers, catalogue, cacheFolder: join(root, 'pictures') }
}

/** Answers what the build asks: for what is on the shelf, for what was taken off it, and for earlier addresses. */
export function sampleDatabase(
  published: ShelfProduct[],
  old: { retired?: unknown[]; moved?: unknown[] } = {},
): Database {
  const answer = async ({ raw }: TemplateStringsArray) => {
    const text = raw.join('')
    if (text.includes('slug_changes')) return old.moved ?? []
    return text.includes("status = 'retired'") ? (old.retired ?? []) : published
  }
  return answer as unknown as Database
}

async function build(folder: string, parts: SiteParts): Promise<void> {
  await new Eleventy('site', folder, { quietMode: true, config: (eleventy) => configureSite(eleventy, parts) }).write()
}
