import type { CopiedProduct } from '../../../db/catalogue-copy.ts'
import { fieldsOf } from '../../../shop/catalogue/product-check.ts'

/** What a file of the catalogue says about a product, in the order in which it says it. */
export type RawEntry = Record<string, unknown>

/** Names of the columns of a table, and of the keys of a document. Long texts come last, where they hide nothing. */
export const NAMES = [
  'id',
  'slug',
  'type',
  'status',
  'title',
  'summary',
  'price',
  'currency',
  'link',
  'category',
  'tags',
  'badges',
  'position',
  'images',
  'samples',
  'earlier_slugs',
  'version',
  'created_at',
  'updated_at',
  'published_at',
  'licence',
  'description',
] as const

/** Everything that a copy of the catalogue keeps of a product. */
export function entryOf(product: CopiedProduct): RawEntry {
  const { id, status, position, version, created_at, updated_at, published_at, earlier_slugs } = product
  const facts = {
    id,
    status,
    position,
    version,
    created_at,
    updated_at,
    published_at: published_at ?? '',
    earlier_slugs,
  }
  const said: RawEntry = { ...facts, ...fieldsOf(product) }
  return Object.fromEntries(NAMES.map((name) => [name, said[name]]))
}
