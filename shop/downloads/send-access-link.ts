import { type OrderReference, offerAccessLink } from '../../db/access-links.ts'
import type { App } from '../app.ts'
import { normalEmail } from '../orders/email-address.ts'
import { wake } from '../wake.ts'
import type { LinkWish } from './link-wish.ts'

/**
 * Mails a fresh link to an order to its buyer, once an hour at most, if the address that was typed in is the order's. Whoever asks cannot
 * tell: the statement is the same, and the worker is woken behind the answer.
 * @throws Unauthenticated when the link was never good, LinkOutdated when it is too old
 */
export async function sendAccessLink(app: App, wish: LinkWish): Promise<void> {
  const isOffered = await offerAccessLink(app.db, normalEmail(wish.email), await readReference(app, wish))
  if (isOffered) app.later('wake_failed', wake(app))
}

async function readReference(app: App, wish: LinkWish): Promise<OrderReference> {
  if ('session_id' in wish) return { sessionId: wish.session_id }
  return 'token' in wish ? app.tokens.readExpiredDownload(wish.token) : app.tokens.readExpiredAccess(wish.access)
}
