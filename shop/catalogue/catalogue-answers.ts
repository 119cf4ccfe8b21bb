import type { FileVersion } from './file-version.ts'
import type { ProductDocument } from './product-document.ts'
import type { ProductChange, ProductStatus } from './stored-product.ts'

/** A line of the seller's list. */
export type ListedProduct = {
  id: string
  slug: string
  type: 'direct' | 'affiliate'
  status: ProductStatus
  title: string
  unit_amount: number | null
  currency: string | null
  files: number
  sha256: string | null
  version: number
  position: number
  updated_at: Date
}

/** A page of the seller's list; `next` asks for the one after it. */
export type CataloguePage = { products: ListedProduct[]; next: { position: number; slug: string } | null }

/** A product with the versions of its files, newest first, and who has changed what. */
export type GatheredProduct = { product: ProductDocument; files: FileVersion[]; changes: ProductChange[] }
