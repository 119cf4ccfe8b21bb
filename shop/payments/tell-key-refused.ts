import type { App } from '../app.ts'
import { VendorRefused } from '../errors.ts'
import { alertSeller } from '../mail/alert-seller.ts'

/** Tells the seller if an error is a vendor's refusal of our key. @returns whether that is news; a worker must then be woken */
export async function tellKeyRefused(app: Pick<App, 'db' | 'now'>, error: unknown): Promise<boolean> {
  if (!(error instanceof VendorRefused) || !error.isAboutKey) return false
  const { vendor } = error
  return alertSeller(app, { kind: 'seller_key_refused', about: vendor, payload: { vendor } })
}
