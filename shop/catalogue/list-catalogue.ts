import { listProducts } from '../../db/product-list.ts'
import type { App } from '../app.ts'
import type { CataloguePage } from './catalogue-answers.ts'
import type { ProductStatus } from './stored-product.ts'

const PAGE = 50

type Wish = { search: string; status: ProductStatus | null; after: CataloguePage['next'] }

/** Products in the shop's order, as they are looked for. */
export async function listCatalogue(app: App, { search, status, after }: Wish): Promise<CataloguePage> {
  const rows = await listProducts(app.db, { search: search.trim() || null, status, after, most: PAGE + 1 })
  const products = rows.slice(0, PAGE)
  const last = products.at(-1)
  return { products, next: rows.length > PAGE && last ? { position: last.position, slug: last.slug } : null }
}
