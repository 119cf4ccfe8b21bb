import { checkTotal } from './currencies.ts'
import { findPromotionCode } from './discounts.ts'
import { priceLines, totalled } from './pricing.ts'
import { StripeError } from './stripe-error.ts'
import { linesOf, taxedSession } from './taxed-session.ts'
import type { Coupon, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** Lowers an open session by the code that the buyer typed; a string is the message to show them instead. */
export function applyPromotionCode(world: World, id: string, typed: string): Session | string {
  return world.books.atomically(() => {
    const session = world.books.sessions.get(id)
    if (session?.status !== 'open') return 'This checkout page has expired.'
    if (!session.allow_promotion_codes) return 'This order takes no promotion codes.'
    const code = findPromotionCode(world, session, typed)
    if (typeof code === 'string') return code
    const discounts = [{ coupon: null, promotion_code: code.id }]
    const coupon = world.books.coupons.get(code.promotion.coupon ?? '')
    return coupon === undefined ? 'This code is invalid.' : keep(world, { ...session, discounts }, coupon)
  })
}

function keep(world: World, session: Session, coupon: Coupon): Session | string {
  const lines = priceLines(linesOf(world, session), { coupon, taxed: false })
  const lowered = totalled(session, lines)
  const refusal = refusalOf(lowered) ?? refusalOf(taxedSession(world, lowered).session)
  if (refusal !== undefined) return refusal
  for (const line of lines) world.books.lineItems.put(line)
  return world.books.sessions.put(lowered)
}

// A total above zero and below what Stripe charges cannot be paid, so the code is refused.
function refusalOf(session: Session): string | undefined {
  try {
    checkTotal(session.amount_total ?? 0, session.currency ?? '')
    return undefined
  } catch (error) {
    if (error instanceof StripeError) return 'This code cannot be used with this order.'
    throw error
  }
}
