import { findSession } from '../../db/portal-links.ts'
import type { App } from '../app.ts'
import { Refused, ShopError, Unauthenticated } from '../errors.ts'
import { normalEmail } from '../orders/email-address.ts'
import type { Buyer, Credentials } from './buyer.ts'
import { hashSession } from './portal-session.ts'

/**
 * Says whose orders a browser may see. A confirmed account comes first; where there is none, the session of a link counts, which needs no
 * account and does not depend on Identity.
 * @throws Unauthenticated when it is nobody, Refused while the address is not confirmed; VendorDown or Misconfigured when Identity cannot
 * be asked or believed, so that nobody gets in
 */
export async function identifyBuyer(app: App, { account, portal }: Credentials): Promise<Buyer> {
  const found = account === null ? null : await findByAccount(app, account)
  if (found && 'email' in found) return found
  const email = portal === null ? null : await findSession(app.db, hashSession(portal))
  if (email !== null) return { email, via: 'link' }
  throw found ?? new Unauthenticated('Please sign in to see your purchases.')
}

/** The failure is kept: it counts only if there is no other way in. */
async function findByAccount(app: App, session: string): Promise<Buyer | ShopError | null> {
  try {
    const account = await app.identity.findAccount(session)
    if (!account) return null
    if (account.isConfirmed) return { email: normalEmail(account.email), via: 'account', accountId: account.id }
    return new Refused('unconfirmed', 403, 'Please confirm your address first: the link is in your mail.')
  } catch (error) {
    if (error instanceof ShopError) return error
    throw error
  }
}
