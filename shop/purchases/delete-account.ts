import { endSessionsOf } from '../../db/portal-links.ts'
import type { App } from '../app.ts'
import { Refused } from '../errors.ts'
import type { Buyer } from './buyer.ts'

/**
 * Removes a buyer's account, and ends every link and session of the address. The orders stay: the law wants them kept, and a receipt's
 * link still opens them.
 * @throws Refused when the buyer came by a link and not by an account, VendorDown when Identity did not remove it
 */
export async function deleteAccount(app: Pick<App, 'db' | 'identity'>, buyer: Buyer): Promise<void> {
  if (buyer.via !== 'account')
    throw new Refused('account_only', 403, 'Please sign in to the account that you want to delete.')
  await app.identity.removeAccount(buyer.accountId)
  await endSessionsOf(app.db, buyer.email)
}
