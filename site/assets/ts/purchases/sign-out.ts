import { askShop } from '../ask-shop.ts'
import { endLinkVisit, hasLinkVisit } from './link-visit.ts'
import { reloadSaying } from './said.ts'
import { forgetSession, hasSession } from './session.ts'
import { useIdentity } from './use-identity.ts'

/** Ends the visit in all tabs of this browser. @returns whether it worked: only the shop can take back what a mail's link opened */
export async function signOut(): Promise<boolean> {
  const closed = askShop('/close_portal', {})
  if (hasSession()) await useIdentity((identity) => identity.signOut())
  const isClosed = (await closed)?.status === 200
  if (hasLinkVisit() && !isClosed) return false
  forgetSession()
  endLinkVisit()
  reloadSaying('signed-out')
  return true
}
