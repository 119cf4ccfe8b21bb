import { offerPortalLink } from '../../db/portal-links.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import { layOutEmail } from '../mail/lay-out-email.ts'
import { writePortalLink } from '../mail/portal-link.ts'
import { normalEmail } from '../orders/email-address.ts'
import { wake } from '../wake.ts'
import { LINK_MINUTES, MOST_PER_DAY } from './portal-session.ts'

/**
 * Mails a link to all orders of the address that was typed in, if it has any: a mail to somebody who never bought would be a weapon.
 * An address gets one in five minutes and twelve in 24 hours; mails are counted and not wishes, or a stranger could use them up within a
 * second and without a trace. Whoever asks cannot tell: every wish signs a link, writes its mail and sends the same statement, and the
 * worker is woken behind the answer. @throws NotFound when the seller has switched it off
 */
export async function sendPortalLink(app: App, typed: string): Promise<void> {
  if (!app.shop.portal.emailLink) throw new NotFound('This shop sends no links to purchases.')
  const address = normalEmail(typed)
  const id = app.newId('plk')
  const token = await app.tokens.mintPortal(id, LINK_MINUTES * 60)
  // Written here and not by the worker, so that no row but the mail's holds the link.
  const mail = layOutEmail(app.shop, address, writePortalLink(token, app))
  const isOffered = await offerPortalLink(app.db, { id, mail, minutes: LINK_MINUTES, mostPerDay: MOST_PER_DAY })
  if (isOffered) app.later('wake_failed', wake(app))
}
