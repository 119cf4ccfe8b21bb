import { formatAmount } from './currencies.ts'
import type { Coupon, PromotionCode, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** The coupon that lowers this session, through a promotion code or at once. */
export function couponOf(world: World, session: Session): Coupon | undefined {
  const discount = session.discounts?.[0]
  if (discount === undefined) return undefined
  const { coupons, promotionCodes } = world.books
  const through =
    discount.promotion_code === null ? null : promotionCodes.get(discount.promotion_code)?.promotion.coupon
  return coupons.get(discount.coupon ?? through ?? '')
}

/** A promotion code that may be used now, by its id. */
export function usablePromotionCode(world: World, id: string): PromotionCode | undefined {
  const code = world.books.promotionCodes.get(id)
  const coupon = world.books.coupons.get(code?.promotion.coupon ?? '')
  if (code === undefined || coupon === undefined || !code.active || !isCouponUsable(coupon, world.now()))
    return undefined
  const isExpired = code.expires_at !== null && code.expires_at <= world.now()
  const isUsedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions
  return isExpired || isUsedUp ? undefined : code
}

/** Whether a coupon may still be redeemed, which is what its `valid` says. */
function isCouponUsable(coupon: Coupon, now: number): boolean {
  const isExpired = coupon.redeem_by !== null && coupon.redeem_by <= now
  const isUsedUp = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions
  return !isExpired && !isUsedUp
}

/** Finds the code a buyer typed; a string is the message to show them instead. */
export function findPromotionCode(world: World, session: Session, typed: string): PromotionCode | string {
  const named = world.books.promotionCodes.all().filter((code) => code.code.toLowerCase() === typed.toLowerCase())
  const code = named.map((candidate) => usablePromotionCode(world, candidate.id)).find((found) => found !== undefined)
  if (code === undefined) return 'This code is invalid.'
  return refusalOf(world, session, code) ?? code
}

function refusalOf(world: World, session: Session, code: PromotionCode): string | undefined {
  const coupon = world.books.coupons.get(code.promotion.coupon ?? '')
  if (coupon?.currency && coupon.currency !== session.currency) return 'This code is for another currency.'
  const { minimum_amount, minimum_amount_currency, first_time_transaction } = code.restrictions
  if (minimum_amount !== null && minimum_amount_currency !== session.currency)
    return 'This code is for another currency.'
  if (minimum_amount !== null && (session.amount_subtotal ?? 0) < minimum_amount)
    return `This code needs an order of at least ${formatAmount(minimum_amount, session.currency ?? 'eur')}.`
  if (code.customer !== null && code.customer !== session.customer) return 'This code is invalid.'
  return first_time_transaction && session.customer === null
    ? 'This code is for known first-time customers.'
    : undefined
}

/** Counts one redemption of the session's coupon and code. */
export function redeem(world: World, session: Session): void {
  const coupon = couponOf(world, session)
  if (coupon === undefined) return
  const times_redeemed = coupon.times_redeemed + 1
  world.books.coupons.put({
    ...coupon,
    times_redeemed,
    valid: isCouponUsable({ ...coupon, times_redeemed }, world.now()),
  })
  const code = world.books.promotionCodes.get(session.discounts?.[0]?.promotion_code ?? '')
  if (code) world.books.promotionCodes.put({ ...code, times_redeemed: code.times_redeemed + 1 })
}
