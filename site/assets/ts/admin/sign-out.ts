import { forgetSession } from '../purchases/session.ts'
import { useIdentity } from '../purchases/use-identity.ts'

/** Ends the session here and, where Identity can be reached, all others of the account. */
export async function signOut(): Promise<void> {
  await useIdentity((identity) => identity.signOut())
  forgetSession()
  history.replaceState(null, '', '/admin/')
  location.reload()
}
