import { affiliate } from './affiliate.ts'
import { direct } from './direct.ts'
import { offShelf } from './off-shelf.ts'
import type { Product } from './product.ts'

/** Everything the demo shop knows, in the order of its shelf: the one source of seed SQL and file list. */
export const catalogue: Product[] = [...direct, ...affiliate, ...offShelf]
