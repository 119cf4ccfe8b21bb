import { countErasable, type Erasure, eraseAddress } from '../../db/customer-data.ts'
import type { App } from '../app.ts'
import { normalEmail } from '../orders/email-address.ts'

/**
 * Takes a person's address out of the shop, or only says what that would change. What the law wants kept stays, without the person: the
 * orders and their amounts, and that a mail went out.
 */
export async function eraseCustomer(
  app: Pick<App, 'db'>,
  { email, isDryRun }: { email: string; isDryRun: boolean },
): Promise<Erasure> {
  const address = normalEmail(email)
  return isDryRun ? countErasable(app.db, address) : eraseAddress(app.db, address)
}
