import * as z from 'zod/mini'
import type { Product } from '../catalogue/product.ts'
import { isSlug } from '../catalogue/slug.ts'
import { Gone, InvalidInput, NotFound } from '../errors.ts'
import type { CheckoutLine } from './checkout-request.ts'

/** Stripe shows more lines badly, and one retrieve must be able to bring them all back. */
const MOST_LINES = 50
const MOST_OF_ONE = 100

const Item = z.strictObject({
  slug: z.string(),
  quantity: z.int().check(z.gte(1), z.lte(MOST_OF_ONE)),
  /** The price that the page showed, in minor units; what counts is the database's. */
  seen_unit_amount: z.optional(z.int().check(z.gte(0))),
  /** The currency of that price; the product's own unless said. */
  seen_currency: z.optional(z.string().check(z.regex(/^[a-z]{3}$/))),
})

/** What a page may ask to check out: products and quantities, and never a price that counts. */
export const Basket = z.strictObject({ items: z.array(Item).check(z.minLength(1), z.maxLength(MOST_LINES)) })

export type Basket = z.infer<typeof Basket>

/**
 * The slugs of a basket, for the database.
 * @throws NotFound for a text that cannot be one, before anybody asks: it names no product, and is no malformed request
 */
export function slugsOf({ items }: Basket): string[] {
  const slugs = items.map(({ slug }) => slug)
  if (!slugs.every(isSlug)) throw new NotFound('There is no such product.')
  return slugs
}

/**
 * The lines of a basket, priced from the catalogue; the same product twice becomes one line.
 * @param products those that the database has for the basket's slugs
 * @throws NotFound for an unknown or draft product, Gone for a retired one, InvalidInput for one that is not sold here, or for two currencies
 */
export function priceBasket(basket: Basket, products: Product[]): CheckoutLine[] {
  const lines = sumQuantities(basket).map(([slug, quantity]) => {
    const product = products.find((candidate) => candidate.slug === slug)
    return priceLine(product, quantity)
  })
  if (new Set(lines.map(({ currency }) => currency)).size > 1)
    throw new InvalidInput('These products have different currencies; buy them one by one.')
  return lines
}

function sumQuantities({ items }: Basket): [string, number][] {
  const quantities = new Map<string, number>()
  for (const { slug, quantity } of items) quantities.set(slug, (quantities.get(slug) ?? 0) + quantity)
  return [...quantities]
}

function priceLine(product: Product | undefined, quantity: number): CheckoutLine {
  if (!product || product.status === 'draft') throw new NotFound('There is no such product.')
  if (product.status === 'retired') throw new Gone('This product is no longer for sale.')
  if (product.type !== 'direct') throw new InvalidInput('This product is sold by another shop.')
  if (quantity > MOST_OF_ONE) throw new InvalidInput(`At most ${MOST_OF_ONE} of one product can be bought at once.`)
  const { id, slug, title, unit_amount, currency } = product
  return { product_id: id, slug, title, unit_amount, currency, quantity }
}
