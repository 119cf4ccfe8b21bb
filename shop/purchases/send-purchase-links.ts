import { raiseLinksReady } from '../../db/links-ready.ts'
import { findLinksWindow } from '../../db/purchases.ts'
import type { App } from '../app.ts'
import { NotFound, TooManyRequests } from '../errors.ts'
import { wake } from '../wake.ts'
import type { Buyer } from './buyer.ts'

/**
 * Sends a buyer the mail "your download links are ready" for one order, once in each 24 hours since the payment; /success sends the same.
 * @throws NotFound when the order does not exist, is somebody else's or gives no access; TooManyRequests when the mail has gone out
 */
export async function sendPurchaseLinks(app: App, { email }: Buyer, orderId: string): Promise<void> {
  const retryAfter = await findLinksWindow(app.db, email, orderId)
  if (retryAfter === null) throw new NotFound('There is no such order among your purchases.')
  const isNews = await raiseLinksReady(app.db, orderId)
  if (!isNews)
    throw new TooManyRequests('This mail has gone out already. Please look into your mailbox.', { retryAfter })
  app.later('wake_failed', wake(app))
}
