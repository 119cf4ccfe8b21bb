import type { App } from '../app.ts'
import { Forbidden, Unauthenticated } from '../errors.ts'
import { limitRate } from '../limits/limit-rate.ts'
import { normalEmail } from '../orders/email-address.ts'
import { ADMIN_ROLE, type Admin } from './admin.ts'

/** What a request shows of who it is: the session of an account, and the address that it comes from. */
type Caller = { session: string | null; address: string | null | undefined }

/**
 * Says who of the seller's people is asking. Identity is asked every time, so a role that was taken away is gone at once.
 * @throws Unauthenticated when it is nobody, Forbidden when the account is not the seller's; VendorDown or Misconfigured when Identity
 * cannot be asked or believed, so that nobody gets in
 */
export async function identifyAdmin(app: App, { session, address }: Caller): Promise<Admin> {
  if (session === null) throw new Unauthenticated('Please sign in.')
  await limitRate(app, 'admin', { address })
  const account = await app.identity.findAccount(session)
  if (!account) throw new Unauthenticated('Please sign in.')
  if (!account.isConfirmed || !account.roles.includes(ADMIN_ROLE))
    throw new Forbidden('This account may not look after the shop.')
  return { id: account.id, email: normalEmail(account.email) }
}
