import { type BegunCheckout, recordCheckout } from '../../db/checkouts.ts'
import type { App } from '../app.ts'
import { alertSeller } from '../mail/alert-seller.ts'
import { wake } from '../wake.ts'

/** So many payment pages within an hour are a very good hour, or a crowd of programs that try cards. */
const FLOOD = 300

/**
 * Notes that a checkout began. When they become many in all, the seller is told once a day, and nobody is turned away for it: the hour
 * after a newsletter looks the same.
 */
export async function noteCheckout(app: App, checkout: BegunCheckout): Promise<void> {
  const before = await recordCheckout(app.db, checkout, FLOOD)
  if (before < FLOOD) return
  app.log.warn('checkout_flood')
  const isNews = await alertSeller(app, { kind: 'seller_checkout_flood', about: 'checkout', payload: {} })
  if (isNews) await wake(app)
}
