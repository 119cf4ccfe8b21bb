import type { App } from '../app.ts'
import { alertSeller } from '../mail/alert-seller.ts'
import { wake } from '../wake.ts'

/** More than five rejected deliveries within five minutes are not one stray request. */
const ALARMING = 6

/** Counts a rejected delivery, and tells the seller when they become many: the endpoint's secret may have been changed in Stripe. */
export async function noteRejection(app: App): Promise<void> {
  if (!(await app.rejections.note(app.now(), ALARMING))) return
  app.log.warn('deliveries_rejected')
  const isNews = await alertSeller(app, { kind: 'seller_rejected_deliveries', about: 'stripe', payload: {} })
  if (isNews) await wake(app)
}
