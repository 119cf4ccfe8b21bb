import type { Purchases } from '../../../../shop/purchases/purchase-view.ts'
import { askPortal } from './ask-portal.ts'
import { endLinkVisit, hasLinkVisit } from './link-visit.ts'
import { type PurchasesAnswer, readPurchases } from './purchases-answer.ts'
import { forgetSession, hasSession } from './session.ts'

/** What this page has loaded of somebody's orders. */
export type Visit = Purchases

/** Whether there is anything to ask the shop with. */
export function mayHaveVisit(): boolean {
  return hasSession() || hasLinkVisit()
}

/** Asks for a page of orders: the first, or the one that `next` of the page before names. */
export async function askPurchases(after: string | null): Promise<PurchasesAnswer> {
  return readPurchases(await askPortal('/get_purchases', after === null ? {} : { after }))
}

/** Forgets who was here, when the shop has said that it is nobody. */
export function endVisit(): void {
  forgetSession()
  endLinkVisit()
}
