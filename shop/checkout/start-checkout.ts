import { recordCheckout } from '../../db/checkouts.ts'
import { findProducts } from '../../db/products.ts'
import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'
import { tellKeyRefused } from '../payments/tell-key-refused.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { wake } from '../wake.ts'
import { type Basket, priceBasket, slugsOf } from './basket.ts'
import { type ChangedPrice, findChangedPrices } from './changed-prices.ts'
import { type CheckoutRequest, describeCheckout } from './checkout-request.ts'

/** How long a buyer waits for the payment page. Giving up loses nothing: the next click repeats the request under the same key. */
const PATIENCE_MS = 9_000

/** Where to pay; or the prices that are not what the buyer saw, in which case no session was begun. */
export type CheckoutOutcome = { kind: 'begun'; url: string } | { kind: 'price_changed'; changes: ChangedPrice[] }

/**
 * Begins a checkout session at Stripe for a basket, with prices, currency and titles from the database. What the buyer's page showed is
 * compared with the very rows that the session is priced from, so a price that changes meanwhile is never charged unseen.
 * @param claim the secret of the buying browser's cookie; its hash travels with the session
 * @throws what priceBasket throws, VendorDown, VendorRefused
 */
export async function startCheckout(app: App, basket: Basket, claim: string): Promise<CheckoutOutcome> {
  const products = await findProducts(app.db, slugsOf(basket))
  const lines = priceBasket(basket, products)
  const changes = findChangedPrices(basket, lines)
  if (changes.length > 0) return { kind: 'price_changed', changes }
  const { siteUrl, shop } = app
  const request = describeCheckout(lines, { offers: shop.checkout, claim, siteUrl, now: app.now() })
  const { id, url } = await waitAtMost(app, begin(app, request), { ms: PATIENCE_MS, otherwise: giveUp })
  const amount_total = request.lines.reduce((sum, line) => sum + line.unit_amount * line.quantity, 0)
  const currency = request.lines[0]?.currency ?? app.shop.currency
  const slugs = request.lines.map((line) => line.slug)
  app.later('checkout_not_noted', recordCheckout(app.db, { stripe_session_id: id, amount_total, currency, slugs }))
  return { kind: 'begun', url }
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
