import { type ListedProduct, listProducts } from '../../db/product-list.ts'
import type { App } from '../app.ts'
import type { ProductStatus } from './stored-product.ts'

const PAGE = 50

type Place = { position: number; slug: string }
type Wish = { search: string; status: ProductStatus | null; after: Place | null }

/** A page of the seller's list; `next` asks for the one after it. */
export type CataloguePage = { products: ListedProduct[]; next: Place | null }

/** Products in the shop's order, as they are looked for. */
export async function listCatalogue(app: App, { search, status, after }: Wish): Promise<CataloguePage> {
  const rows = await listProducts(app.db, { search: search.trim() || null, status, after, most: PAGE + 1 })
  const products = rows.slice(0, PAGE)
  const last = products.at(-1)
  return { products, next: rows.length > PAGE && last ? { position: last.position, slug: last.slug } : null }
}
