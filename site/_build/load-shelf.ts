import type { Database } from '../../db/database.ts'
import { listPublishedProducts, ROWS_AT_ONCE } from '../../db/products.ts'
import type { ProductImage, ShelfProduct } from '../../shop/catalogue/product.ts'
import { RESERVED_SLUGS } from '../../shop/catalogue/slug.ts'
import type { Shop } from '../../shop/shop-config.ts'
import { failOn } from './affiliates/fail-on.ts'
import { lintCatalogue } from './affiliates/lint-catalogue.ts'
import { keepSound } from './keep-sound.ts'
import { type ListPage, listPages } from './list-pages.ts'
import { makePicture, type ReadImage } from './make-picture.ts'
import type { Picture } from './picture.ts'
import { relatedItems } from './related-items.ts'
import { type SearchFile, searchFile } from './search-file.ts'
import { type ShelfItem, shelfItem } from './shelf-item.ts'
import { type Group, shelfLists } from './shelf-lists.ts'
import { sampleImages } from './shelf-sample.ts'

/** What the pages are built from: the database, the store of product images, and the shop's address. */
export type Catalogue = { db: Database; images: { read: ReadImage }; siteUrl: string }

/** Everything that is published, in the shop's order. */
export type Shelf = { all: ShelfItem[]; direct: ShelfItem[]; affiliate: ShelfItem[] }
/** With all ways to find something on it. */
export type BrowsableShelf = Shelf & {
  pages: ListPage[]
  categories: Group[]
  tags: Group[]
  search: SearchFile
  /** What is like a product, by its slug. */
  related: Map<string, ShelfItem[]>
}

/** For the time before a build has loaded it. */
export const NOTHING_ON_SHELF: BrowsableShelf = {
  ...{ all: [], direct: [], affiliate: [], pages: [], categories: [], tags: [] },
  search: { url: '', json: '' },
  related: new Map(),
}

/** Products whose pictures are read and encoded at once: bounds memory, keeps both cores busy. */
const AT_ONCE = 4

/**
 * Reads and prepares what the pages show.
 * @throws when the database does not answer, a picture is missing, or a recommendation breaks Amazon's rules, which fails the build and leaves the old pages up
 */
export async function loadShelf(catalogue: Catalogue, shop: Shop, cacheFolder: string): Promise<BrowsableShelf> {
  const picture = onceForEach((image) => makePicture(image, catalogue.images.read, cacheFolder))
  const shelve = async (product: ShelfProduct) => {
    const made = product.images.map(picture)
    await Promise.all(product.samples.flatMap(sampleImages).map(picture))
    const item = shelfItem(product, await Promise.all(made), shop)
    await Promise.all(item.samples.map((sample) => keepSound(sample, catalogue.images.read, cacheFolder)))
    return item
  }
  const all: ShelfItem[] = []
  for await (const products of shelfPages(catalogue.db)) {
    failOn(lintCatalogue(products, shop))
    refuseReserved(products)
    for (let start = 0; start < products.length; start += AT_ONCE)
      all.push(...(await Promise.all(products.slice(start, start + AT_ONCE).map(shelve))))
  }
  return browsable(all)
}

/** Products that share a picture share what is known of it. */
function onceForEach(make: (image: ProductImage) => Promise<Picture>): (image: ProductImage) => Promise<Picture> {
  const made = new Map<string, Promise<Picture>>()
  return (image) => {
    const key = JSON.stringify(image)
    const picture = made.get(key) ?? make(image)
    made.set(key, picture)
    return picture
  }
}

/** A thousand rows at a time: the answer to one query has a limit of its own at Neon, and the build's memory another. */
async function* shelfPages(db: Database): AsyncGenerator<ShelfProduct[]> {
  let last: ShelfProduct | undefined
  do {
    const page = await listPublishedProducts(db, last)
    yield page
    last = page.length === ROWS_AT_ONCE ? page.at(-1) : undefined
  } while (last)
}

function refuseReserved(products: ShelfProduct[]): void {
  const taken = products.find(({ slug }) => RESERVED_SLUGS.includes(slug))
  if (taken) throw new Error(`"${taken.title}" needs another slug: /store/${taken.slug}/ belongs to the store itself`)
}

function browsable(all: ShelfItem[]): BrowsableShelf {
  const sold = (by: ShelfItem['type']) => all.filter((item) => item.type === by)
  const { lists, categories, tags } = shelfLists(all)
  const ways = {
    pages: lists.flatMap(listPages),
    categories,
    tags,
    search: searchFile(all),
    related: relatedItems(all),
  }
  return { all, direct: sold('direct'), affiliate: sold('affiliate'), ...ways }
}
