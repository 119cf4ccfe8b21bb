/** A picture of a product and what it shows, in words for people who do not see it. */
export type Picture = { filename: string; alt: string }

/** Something to try before buying; `alt` says what, also to people who do not see or hear it. */
export type Sample =
  | { kind: 'audio'; filename: string; alt: string; seconds: number }
  | { kind: 'image'; filename: string; alt: string }
  | { kind: 'pdf'; filename: string; alt: string; pages: { number: number; alt: string }[] }

/** A file that the buyer receives; the slot names its place among the product's files. */
export type Download = { slot: string; filename: string; contentType: string }

type Common = {
  slug: string
  status: 'draft' | 'published' | 'retired'
  title: string
  /** At most 160 characters. */
  summary: string
  badges: string[]
  /** In the form of a slug, as tags are. */
  category: string
  tags: string[]
  pictures: Picture[]
  samples?: Sample[]
}

/** Sold here; `unitAmount` in euro cents. */
export type Direct = Common & { type: 'direct'; unitAmount: number; downloads: Download[] }

/** Sold at Amazon, whose rules allow no price of ours beside it. */
export type Affiliate = Common & { type: 'affiliate'; asin: string }

export type Product = Direct | Affiliate
