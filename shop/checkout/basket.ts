import * as z from 'zod/mini'
import type { Product } from '../catalogue/product.ts'
import { isSlug } from '../catalogue/slug.ts'
import { InvalidInput, NotFound } from '../errors.ts'
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

/** A product of a basket that this shop does not sell, or not any more, or never did: somebody else does. */
export type Unavailable = { slug: string; why: 'unknown' | 'retired' | 'elsewhere' }

/** The same with the slug that the product has today, if it was only renamed. */
export type MissingProduct = Unavailable & { moved_to: string | null }

/**
 * What cannot be bought of a basket, each product once.
 * @param products those that the database has for the basket's slugs
 */
export function findUnavailable({ items }: Basket, products: Product[]): Unavailable[] {
  const slugs = [...new Set(items.map(({ slug }) => slug))]
  return slugs.flatMap((slug) => {
    const why = reasonAgainst(products.find((candidate) => candidate.slug === slug))
    return why ? [{ slug, why }] : []
  })
}

function reasonAgainst(product: Product | undefined): Unavailable['why'] | null {
  if (!product || product.status === 'draft') return 'unknown'
  if (product.status === 'retired') return 'retired'
  return product.type === 'direct' ? null : 'elsewhere'
}

/**
 * The lines of a basket, priced from the catalogue; the same product twice becomes one line.
 * @param products those that the database has for the basket's slugs, of which findUnavailable had nothing to say
 * @throws InvalidInput for too many of one product
 */
export function priceBasket(basket: Basket, products: Product[]): CheckoutLine[] {
  return sumQuantities(basket).map(([slug, quantity]) => {
    const product = products.find((candidate) => candidate.slug === slug)
    if (product?.type !== 'direct') throw new TypeError(`nobody has looked whether ${slug} can be bought`)
    if (quantity > MOST_OF_ONE) throw new InvalidInput(`At most ${MOST_OF_ONE} of one product can be bought at once.`)
    const { id, title, unit_amount, currency } = product
    return { product_id: id, slug, title, unit_amount, currency, quantity }
  })
}

function sumQuantities({ items }: Basket): [string, number][] {
  const quantities = new Map<string, number>()
  for (const { slug, quantity } of items) quantities.set(slug, (quantities.get(slug) ?? 0) + quantity)
  return [...quantities]
}

/** @throws InvalidInput for lines of two currencies, which no payment can hold */
export function assertOneCurrency(lines: CheckoutLine[]): void {
  if (new Set(lines.map(({ currency }) => currency)).size > 1)
    throw new InvalidInput('These products have different currencies; buy them one by one.')
}
