import { fieldsOf } from '../../../shop/catalogue/product-check.ts'
import type { StoredProduct } from '../../../shop/catalogue/stored-product.ts'

/** A product as `--json` answers: its fields as they are typed, and what the shop adds. */
export function productDocument(product: StoredProduct) {
  const { id, status, version, position, files, created_at, updated_at, published_at } = product
  return { id, status, version, position, files, created_at, updated_at, published_at, ...fieldsOf(product) }
}
