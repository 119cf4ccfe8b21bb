import type { App } from '../app.ts'
import { alertSeller } from '../mail/alert-seller.ts'
import { wake } from '../wake.ts'

/**
 * Tells the seller, once a day, that Stripe delivers what belongs to somebody else: `other_mode`, test events at a shop that takes real
 * money or the other way round, or `other_account`. Where that happens our own events usually go astray too.
 */
export async function tellMisdirected(app: App, why: 'other_mode' | 'other_account'): Promise<void> {
  const payload = { misdirected: why }
  const isNews = await alertSeller(app, { kind: 'seller_misdirected_events', about: why, payload })
  if (isNews) await wake(app)
}
