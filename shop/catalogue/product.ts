/** A picture of a product: its bytes live in the Blobs store `product-images` under `sha256`. */
export type ProductImage = { sha256: string; alt: string; width: number; height: number; content_type: string }

/** What a buyer gets for a slot of a product now; sizes in bytes. */
export type ProductFile = {
  filename: string
  content_type: string
  size_bytes: number
  sha256: string
  version: number
}

type Common = {
  id: string
  slug: string
  status: 'draft' | 'published' | 'retired'
  title: string
  summary: string
  /** Markdown. */
  description: string
  images: ProductImage[]
  badges: string[]
}

/** Sold by us; `unit_amount` in minor units of `currency`. */
export type DirectProduct = Common & { type: 'direct'; unit_amount: number; currency: string; affiliate_url: null }
/** Sold by somebody else, to whom we link; it never carries a price. */
export type AffiliateProduct = Common & { type: 'affiliate'; unit_amount: null; currency: null; affiliate_url: string }

export type Product = DirectProduct | AffiliateProduct

/** A product with its current files, as the shop's pages show it. */
export type ShelfProduct = Product & { files: ProductFile[]; updated_at: string }
