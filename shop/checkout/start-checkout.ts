import type { BegunCheckout } from '../../db/checkouts.ts'
import { findMovedSlugs } from '../../db/old-addresses.ts'
import { findProducts } from '../../db/products.ts'
import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'
import { limitRate } from '../limits/limit-rate.ts'
import { tellKeyRefused } from '../payments/tell-key-refused.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { wake } from '../wake.ts'
import {
  assertOneCurrency,
  type Basket,
  findUnavailable,
  type MissingProduct,
  priceBasket,
  slugsOf,
  type Unavailable,
} from './basket.ts'
import { type ChangedPrice, findChangedPrices } from './changed-prices.ts'
import { type CheckoutLine, type CheckoutRequest, describeCheckout } from './checkout-request.ts'
import { noteCheckout } from './note-checkout.ts'

/** How long a buyer waits for the payment page. Giving up loses nothing: the next click repeats the request under the same key. */
const PATIENCE_MS = 9_000

/** Where to pay; or why no session was begun: what is not for sale, or whose price is not the one that the buyer saw. */
export type CheckoutOutcome =
  | { kind: 'begun'; url: string }
  | { kind: 'unavailable'; items: MissingProduct[] }
  | { kind: 'price_changed'; changes: ChangedPrice[] }

/**
 * `claim` is the secret of the buying browser's cookie; `backTo` the path of the page to which somebody returns who does not pay;
 * `address` the visitor's, as the platform tells it.
 */
export type Buyer = { claim: string; backTo: string; address: string | null | undefined }

/**
 * Begins a checkout session at Stripe for a basket, with prices, currency and titles from the database. What the buyer's page showed is
 * compared with the very rows that the session is priced from, so a price that changes meanwhile is never charged unseen.
 * @throws NotFound for what is no slug at all, InvalidInput for too many of one or for two currencies, TooManyCheckouts before Stripe
 * is asked, VendorDown, VendorRefused
 */
export async function startCheckout(app: App, basket: Basket, buyer: Buyer): Promise<CheckoutOutcome> {
  const products = await findProducts(app.db, slugsOf(basket))
  const unavailable = findUnavailable(basket, products)
  if (unavailable.length > 0) return { kind: 'unavailable', items: await whereTheyWent(app, unavailable) }
  const lines = priceBasket(basket, products)
  const changes = findChangedPrices(basket, lines)
  if (changes.length > 0) return { kind: 'price_changed', changes }
  assertOneCurrency(lines)
  const { claim, backTo, address } = buyer
  await limitRate(app, 'begin_checkout', { address })
  const { siteUrl, shop } = app
  const request = describeCheckout(lines, { offers: shop.checkout, claim, backTo, siteUrl, now: app.now() })
  const { id, url } = await waitAtMost(app, begin(app, request), { ms: PATIENCE_MS, otherwise: giveUp })
  app.later('checkout_not_noted', noteCheckout(app, begunCheckout(id, lines)))
  return { kind: 'begun', url }
}

async function whereTheyWent(app: App, items: Unavailable[]): Promise<MissingProduct[]> {
  const unknown = items.filter(({ why }) => why === 'unknown').map(({ slug }) => slug)
  const moved = unknown.length > 0 ? await findMovedSlugs(app.db, unknown) : []
  return items.map((item) => ({ ...item, moved_to: moved.find((one) => one.old_slug === item.slug)?.slug ?? null }))
}

function begunCheckout(id: string, lines: CheckoutLine[]): BegunCheckout {
  const amount_total = lines.reduce((sum, line) => sum + line.unit_amount * line.quantity, 0)
  const currency = lines[0]?.currency ?? ''
  return { stripe_session_id: id, amount_total, currency, slugs: lines.map(({ slug }) => slug) }
}

async function begin(app: App, request: CheckoutRequest): Promise<{ id: string; url: string }> {
  try {
    return await app.payments.startCheckout(request)
  } catch (error) {
    // Without a key that works no event comes and no job runs, so nobody else would tell.
    if (await tellKeyRefused(app, error)) app.later('wake_failed', wake(app))
    throw error
  }
}

function giveUp(): never {
  throw new VendorDown('stripe', 'The payment service takes too long just now. Nothing was charged.')
}
