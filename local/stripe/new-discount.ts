import { newId } from './ids.ts'
import type { Metadata } from './metadata.ts'
import type { Coupon, PromotionCode } from './wire-types.ts'

type CouponRequest = {
  id: string
  metadata: Metadata
  products: string[] | undefined
  amount_off: number | undefined
  currency: string | undefined
  duration: 'forever' | 'once' | 'repeating' | undefined
  duration_in_months: number | undefined
  max_redemptions: number | undefined
  name: string | undefined
  percent_off: number | undefined
  redeem_by: number | undefined
}

/** A coupon; `amount_off` is in minor units of its currency. */
export function newCoupon(request: CouponRequest, created: number): Coupon {
  const { products } = request
  return {
    id: request.id,
    object: 'coupon',
    amount_off: request.amount_off ?? null,
    ...(products === undefined ? {} : { applies_to: { products } }),
    created,
    currency: request.amount_off === undefined ? null : (request.currency ?? null),
    duration: request.duration ?? 'once',
    duration_in_months: request.duration_in_months ?? null,
    livemode: false,
    max_redemptions: request.max_redemptions ?? null,
    metadata: request.metadata,
    name: request.name ?? null,
    percent_off: request.percent_off ?? null,
    redeem_by: request.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  }
}

type CodeRequest = {
  code: string
  coupon: string
  metadata: Metadata
  active: boolean | undefined
  customer: string | undefined
  expires_at: number | undefined
  max_redemptions: number | undefined
  first_time_transaction?: boolean | undefined
  minimum_amount?: number | undefined
  minimum_amount_currency?: string | undefined
}

/** A code that buyers type to get a coupon. */
export function newPromotionCode(request: CodeRequest, created: number): PromotionCode {
  return {
    id: newId('promo_1'),
    object: 'promotion_code',
    active: request.active ?? true,
    code: request.code,
    created,
    customer: request.customer ?? null,
    customer_account: null,
    expires_at: request.expires_at ?? null,
    livemode: false,
    max_redemptions: request.max_redemptions ?? null,
    metadata: request.metadata,
    promotion: { coupon: request.coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: request.first_time_transaction ?? false,
      minimum_amount: request.minimum_amount ?? null,
      minimum_amount_currency: request.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  }
}
