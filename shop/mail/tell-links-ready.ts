import { raiseLinksReady } from '../../db/links-ready.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'

/**
 * Sends the buyer of an order that gives access the mail "your download links are ready", at most once in each 24 hours since the
 * payment, however often this is called. @returns whether one goes out now
 * @throws VendorDown when the mail is stored but nobody could be woken for it
 */
export async function tellLinksReady(app: App, orderId: string): Promise<boolean> {
  const isNews = await raiseLinksReady(app.db, orderId)
  if (isNews) await wake(app)
  return isNews
}
