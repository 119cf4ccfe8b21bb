import type { ProductContent } from './product-check.ts'

export type ProductStatus = 'draft' | 'published' | 'retired'

/** A product as its seller sees it. `version` is raised by every change of what it says; an edit names the one that it has seen. */
export type StoredProduct = ProductContent & {
  id: string
  status: ProductStatus
  version: number
  position: number
  created_at: Date
  updated_at: Date
  published_at: Date | null
  /** How many files its buyers get now. */
  files: number
}

/** A change of a product: by field what it was and what it is, or `added`, `file`, `position`. */
export type ProductChange = {
  version: number
  actor: string
  change: Record<string, { from?: unknown; to?: unknown }>
  changed_at: Date
}

/** Where a product goes in the shop's order: to an end of it, or next to another product, named by its id. */
export type Place = { at: 'first' | 'last' } | { before: string } | { after: string }
