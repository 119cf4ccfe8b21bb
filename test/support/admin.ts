import type { TestPlatform } from './platform.ts'
import { signIn } from './portal.ts'

type StoredAccount = { id: string; email: string; app_metadata: Record<string, unknown> }

/** Signs up with an address and gives it the seller's role, as the services page and Netlify's dashboard do. @returns the session's cookie */
export async function signInAsAdmin(platform: TestPlatform, email = 'seller@example.com'): Promise<string> {
  const cookie = await signIn(platform, email)
  giveRoles(platform, email, ['admin'])
  return cookie
}

/** Changes the roles of an account. */
export function giveRoles({ ledger }: TestPlatform, email: string, roles: unknown): void {
  const found = ledger.list<StoredAccount>('identity_accounts').find((account) => account.email === email)
  if (!found) throw new Error(`nobody has signed up with ${email}`)
  ledger.put('identity_accounts', found.id, { ...found, app_metadata: { ...found.app_metadata, roles } })
}
