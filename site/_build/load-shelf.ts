import type { Database } from '../../db/database.ts'
import { listPublishedProducts } from '../../db/products.ts'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import type { Shop } from '../../shop/shop-config.ts'
import { failOn } from './affiliates/fail-on.ts'
import { lintCatalogue } from './affiliates/lint-catalogue.ts'
import { makePicture, type ReadImage } from './make-picture.ts'
import { type ShelfItem, shelfItem } from './shelf-item.ts'

/** What the pages are built from: the database, the store of product images, and the shop's address. */
export type Catalogue = { db: Database; images: { read: ReadImage }; siteUrl: string }

/** Everything that is published, in the shop's order. */
export type Shelf = { all: ShelfItem[]; direct: ShelfItem[]; affiliate: ShelfItem[] }

/** Products whose pictures are read and encoded at once: bounds memory, keeps both cores busy. */
const AT_ONCE = 4

/**
 * Reads and prepares what the pages show.
 * @throws when the database does not answer, a picture is missing, or a recommendation breaks Amazon's rules, which fails the build and leaves the old pages up
 */
export async function loadShelf(catalogue: Catalogue, shop: Shop, cacheFolder: string): Promise<Shelf> {
  const shelve = async (product: ShelfProduct) => {
    const made = product.images.map((image) => makePicture(image, catalogue.images.read, cacheFolder))
    return shelfItem(product, await Promise.all(made), shop)
  }
  const products = await listPublishedProducts(catalogue.db)
  failOn(lintCatalogue(products, shop))
  const all: ShelfItem[] = []
  for (let start = 0; start < products.length; start += AT_ONCE) {
    all.push(...(await Promise.all(products.slice(start, start + AT_ONCE).map(shelve))))
  }
  const sold = (by: ShelfItem['type']) => all.filter((item) => item.type === by)
  return { all, direct: sold('direct'), affiliate: sold('affiliate') }
}
