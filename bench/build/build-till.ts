import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Eleventy from '@11ty/eleventy'
import type { Database } from '../../db/database.ts'
import { ROWS_AT_ONCE } from '../../db/products.ts'
import { staticHeaders } from '../../shop/headers.ts'
import shop from '../../shop.config.ts'
import { configureSite } from '../../site/_build/configure-site.ts'
import { describePicture } from '../../site/_build/picture.ts'
import { catalogue, IMAGES } from './catalogue.ts'

const siteUrl = 'https://shop.example.com'

/** Till's whole build of the pages: lists, search index, feeds, sitemap and linter too. Pictures are in the cache. */
export async function buildTill(count: number, folder: string): Promise<void> {
  const cacheFolder = join(folder, 'pictures')
  await mkdir(cacheFolder, { recursive: true })
  const names = IMAGES.flatMap((image) => describePicture(image).files.map(({ name }) => name))
  await Promise.all(names.map((name) => writeFile(join(cacheFolder, name), name)))
  const parts = {
    shop,
    headers: (styles: string[]) => staticHeaders(siteUrl, styles),
    cacheFolder,
    shareImagesPerBuild: 0,
  }
  const images = { read: async () => null }
  const config = (eleventy: Parameters<typeof configureSite>[0]) =>
    configureSite(eleventy, { ...parts, catalogue: { db: pagingDatabase(count), images, siteUrl } })
  await new Eleventy('site', join(folder, 'out'), { quietMode: true, config }).write()
}

/** Pages through the shelf as PostgreSQL would, in no time; a peer reads its products from a variable. */
function pagingDatabase(count: number): Database {
  const products = catalogue(count)
  const db = async ({ raw }: TemplateStringsArray, ...[position]: unknown[]) => {
    if (!raw.join('').includes("status = 'published'")) return []
    const start = products.findIndex((product) => product.position > Number(position))
    return start < 0 ? [] : products.slice(start, start + ROWS_AT_ONCE)
  }
  return db as unknown as Database
}
