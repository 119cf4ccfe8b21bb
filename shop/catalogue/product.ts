/** A picture of a product: its bytes live in the Blobs store `product-images` under `sha256`. */
export type ProductImage = { sha256: string; alt: string; width: number; height: number; content_type: string }

/**
 * Something to try before buying: seconds of sound, pages of a PDF, a picture to look at closely. Kept where pictures are, under
 * `sha256`; each of a PDF's `pages` is a picture.
 */
export type ProductSample = {
  kind: 'audio' | 'pdf' | 'image'
  sha256: string
  alt: string
  content_type: string
  width?: number
  height?: number
  seconds?: number
  pages?: ProductImage[]
}

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

/** A product with its current files and all that is only for looking at, as the shop's pages show it. */
export type ShelfProduct = Product & {
  /** Where the seller has put it: the lowest comes first. */
  position: number
  files: ProductFile[]
  /** In the form of a slug, as tags are: they are parts of addresses. */
  category: string | null
  tags: string[]
  /** Markdown; empty where the shop's terms say all. */
  licence: string
  samples: ProductSample[]
  /** PostgreSQL's text of a timestamptz. */
  published_at: string
  updated_at: string
}
