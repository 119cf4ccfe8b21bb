import { findMovedSlug } from '../../db/old-addresses.ts'
import { findProducts } from '../../db/products.ts'
import { followAffiliateLink } from '../affiliates/follow-affiliate-link.ts'
import type { Visitor } from '../affiliates/visitor.ts'
import type { App } from '../app.ts'
import type { Product } from '../catalogue/product.ts'
import { isSlug } from '../catalogue/slug.ts'
import { Gone, NotFound } from '../errors.ts'
import type { Money } from '../money.ts'
import type { ChangedPrice } from './changed-prices.ts'
import { startCheckout } from './start-checkout.ts'

/**
 * Where /go leads: to Stripe's payment page, to the other shop, from an earlier slug to the link of today, or, for a program that only
 * looks, to the product's page. With another price than the one that the buyer saw it leads nowhere and asks.
 */
export type Destination =
  | { kind: 'checkout' | 'affiliate' | 'moved' | 'page'; url: string }
  | { kind: 'price_changed'; change: ChangedPrice }

/** `seen` is the price on the page with the link, null if it said none. */
type Click = { slug: string; seen: Money | null; visitor: Visitor; claim: string; address: string | null | undefined }

/**
 * Follows a link of the shop: begins a checkout for a direct product, counts the click for an affiliate product.
 * @throws NotFound for an unknown or draft product, Gone for a retired one, TooManyCheckouts, VendorDown, VendorRefused
 */
export async function followLink(app: App, { slug, seen, visitor, claim, address }: Click): Promise<Destination> {
  const product = await findOffer(app, slug)
  if (typeof product === 'string') return { kind: 'moved', url: linkTo(app, product, seen) }
  if (product.type === 'affiliate') return { kind: 'affiliate', url: await followAffiliateLink(app, product, visitor) }
  if (visitor.isCrawler) return { kind: 'page', url: `${app.siteUrl}/store/${slug}/` }
  const shown = seen ? { seen_unit_amount: seen.amount, seen_currency: seen.currency } : {}
  const buyer = { claim, backTo: `/store/${slug}/`, address }
  const outcome = await startCheckout(app, { items: [{ slug, quantity: 1, ...shown }] }, buyer)
  if (outcome.kind === 'begun') return { kind: 'checkout', url: outcome.url }
  if (outcome.kind === 'unavailable') throw new Gone('This product is no longer for sale.')
  const [change] = outcome.changes
  if (!change) throw new TypeError('a price has changed, and nobody says which')
  return { kind: 'price_changed', change }
}

/** The product, or the slug that it has today. */
async function findOffer(app: App, slug: string): Promise<Product | string> {
  const [product] = isSlug(slug) ? await findProducts(app.db, [slug]) : []
  const moved = !product && isSlug(slug) ? await findMovedSlug(app.db, slug) : null
  if (moved) return moved
  if (!product || product.status === 'draft') throw new NotFound('There is no such product.')
  if (product.status === 'retired') throw new Gone('This product is no longer for sale.')
  return product
}

/** What the buyer saw goes along, since the price may have changed as well. */
function linkTo(app: App, slug: string, seen: Money | null): string {
  return `${app.siteUrl}/go/${slug}${seen ? `?seen=${seen.amount}-${seen.currency}` : ''}`
}
