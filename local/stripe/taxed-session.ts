import { couponOf } from './discounts.ts'
import { priceLines, totalled } from './pricing.ts'
import type { LineItem, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** The session's lines as they are now. */
export function linesOf(world: World, session: Session): LineItem[] {
  const lines = world.books.linesOf.of(session.id).map((id) => world.books.lineItems.get(id))
  return lines.filter((line) => line !== undefined)
}

/** The session and its lines as the buyer will pay them, tax included. */
export function taxedSession(world: World, session: Session): { session: Session; lines: LineItem[] } {
  const taxed = session.automatic_tax.enabled
  const lines = priceLines(linesOf(world, session), { coupon: couponOf(world, session), taxed })
  const automatic_tax = taxed ? { ...session.automatic_tax, status: 'complete' as const } : session.automatic_tax
  return { session: { ...totalled(session, lines), automatic_tax }, lines }
}
