import { fieldsOf } from './product-check.ts'
import type { ProductFields } from './product-fields.ts'
import type { StoredProduct } from './stored-product.ts'

type Facts = Pick<
  StoredProduct,
  'id' | 'status' | 'version' | 'position' | 'files' | 'created_at' | 'updated_at' | 'published_at'
>

/** A product for its editor: its fields as they are typed, and what the shop adds. */
export type ProductDocument = Facts & ProductFields

/** Puts a product into the words of its editor. */
export function productDocument(product: StoredProduct): ProductDocument {
  const { id, status, version, position, files, created_at, updated_at, published_at } = product
  return { id, status, version, position, files, created_at, updated_at, published_at, ...fieldsOf(product) }
}
