import type { Faults } from './product-check.ts'
import type { ProductChange, StoredProduct } from './stored-product.ts'

/**
 * How a change of a product ended. `conflict`: somebody else was faster; `current` is what the product says now, `changes` who did what
 * since the version that the change named. `unready`: buyers would pay and get nothing.
 */
export type ProductOutcome =
  | { kind: 'saved' | 'unchanged'; product: StoredProduct }
  | { kind: 'invalid'; faults: Faults }
  | { kind: 'conflict'; current: StoredProduct; changes: ProductChange[] }
  | { kind: 'unready'; product: StoredProduct }
  | { kind: 'missing' }

export const SLUG_FAULT: Faults = {
  slug: 'Another product has this address, or had it before and is still linked by it. Choose another.',
}
