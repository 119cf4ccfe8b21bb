import * as z from 'zod/mini'
import { lawfulLink } from '../affiliates/affiliate-link.ts'
import { findRecommendationFaults } from '../affiliates/recommendation-faults.ts'
import type { Shop } from '../shop-config.ts'
import { readPrice, writePrice } from './price.ts'
import type { AffiliateProduct, DirectProduct, ShelfProduct } from './product.ts'
import { PRODUCT_FIELDS, type ProductFields } from './product-fields.ts'

type Written = 'slug' | 'title' | 'summary' | 'description' | 'images' | 'badges'
type OnShelf = Pick<ShelfProduct, 'category' | 'tags' | 'licence' | 'samples'>
type Sold =
  | Pick<DirectProduct, 'type' | 'unit_amount' | 'currency' | 'affiliate_url'>
  | Pick<AffiliateProduct, 'type' | 'unit_amount' | 'currency' | 'affiliate_url'>

/** What a product says, as the catalogue keeps it. */
export type ProductContent = Pick<ShelfProduct, Written> & OnShelf & Sold

/** What is wrong, by the name of the field, such as `price` or `images.0.alt`, as a sentence that says what to do. */
export type Faults = Record<string, string>

export type Checked = { product: ProductContent } | { faults: Faults }

/** Checks what was typed about a product, all of it at once: the one place where the catalogue's rules are applied. */
export function checkProduct(typed: unknown, { affiliate }: Pick<Shop, 'affiliate'>): Checked {
  const parsed = z.safeParse(PRODUCT_FIELDS, typed)
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues) }
  const { price, currency, link, category, ...said } = parsed.data
  const sold = said.type === 'direct' ? checkSale(parsed.data) : checkLink(parsed.data, affiliate)
  if ('faults' in sold) return sold
  return { product: { ...said, ...sold, category: category || null } as ProductContent }
}

/** A product as it is typed; checkProduct takes it back. */
export function fieldsOf(product: ProductContent): ProductFields {
  const { type, slug, title, summary, description, tags, badges, licence, images, samples } = product
  const { unit_amount, currency, affiliate_url, category } = product
  const price = unit_amount === null || currency === null ? '' : writePrice({ amount: unit_amount, currency })
  const sold = { price, currency: currency ?? '', link: affiliate_url ?? '', category: category ?? '' }
  return { type, slug, title, summary, description, ...sold, tags, badges, licence, images, samples } as ProductFields
}

function checkSale({ price, currency, link }: ProductFields): Sold | { faults: Faults } {
  if (link) return { faults: { link: 'What you sell yourself has no link to another shop.' } }
  if (!Intl.supportedValuesOf('currency').includes(currency.toUpperCase()))
    return { faults: { currency: 'Name the currency by its three letters, such as eur.' } }
  if (!price.trim()) return { faults: { price: 'Say what it costs; 0 gives it away for free.' } }
  const read = readPrice(price, currency)
  if ('fault' in read) return { faults: { price: read.fault } }
  return { type: 'direct', unit_amount: read.amount, currency, affiliate_url: null }
}

function checkLink(fields: ProductFields, { tags }: Shop['affiliate']): Sold | { faults: Faults } {
  const { price, link } = fields
  if (price.trim())
    return { faults: { price: 'A recommendation has no price: only the shop that sells it may state one.' } }
  if (!link) return { faults: { link: 'Say where the recommendation leads.' } }
  const found = findRecommendationFaults({ ...fields, affiliate_url: link }, tags)
  const faults = found.map(({ field, text }) => [field === 'affiliate_url' ? 'link' : field, `${text}.`])
  if (faults.length > 0) return { faults: Object.fromEntries(faults.reverse()) }
  const url = lawfulLink(link, Object.keys(tags))
  if (!url) return { faults: { link: `${link} does not lead to a host that shop.config.ts affiliate.tags names.` } }
  return { type: 'affiliate', unit_amount: null, currency: null, affiliate_url: link }
}

type Issue = { path: PropertyKey[]; message: string; code?: string; keys?: readonly string[] }

/** The first complaint about each field, in the order of the fields. */
function faultsOf(issues: readonly Issue[]): Faults {
  const told = issues.flatMap(({ path, message, code, keys = [] }): [string, string][] => {
    if (code === 'unrecognized_keys')
      return keys.map((key) => [[...path, key].map(String).join('.'), 'There is no such field.'])
    return [[path.map(String).join('.') || 'product', message]]
  })
  return Object.fromEntries(told.reverse())
}
