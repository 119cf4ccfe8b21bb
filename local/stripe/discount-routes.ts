import { apiRoute } from './api-route.ts'
import { currency } from './currencies.ts'
import { newId } from './ids.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { mergeMetadata, metadata, withoutEmpty } from './metadata.ts'
import { newCoupon, newPromotionCode } from './new-discount.ts'
import { boolean, decimal, integer, listOf, object, oneOf, required, text, unsupported } from './params.ts'
import { found } from './payment-routes.ts'
import { missingParam, noSuch, StripeError } from './stripe-error.ts'

const COUPON = {
  amount_off: integer(1),
  applies_to: object({ products: listOf(text()) }),
  currency,
  currency_options: unsupported,
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer(1),
  id: text(200),
  max_redemptions: integer(1),
  metadata,
  name: text(40),
  percent_off: decimal(0, 100),
  redeem_by: integer(0),
}

const PROMOTION_CODE = {
  active: boolean,
  code: text(500),
  customer: text(),
  customer_account: unsupported,
  expires_at: integer(0),
  max_redemptions: integer(1),
  metadata,
  promotion: required(object({ coupon: text(), type: required(oneOf('coupon')) })),
  restrictions: object({
    currency_options: unsupported,
    first_time_transaction: boolean,
    minimum_amount: integer(1),
    minimum_amount_currency: currency,
  }),
}

const CODE_FILTERS = { ...PAGE_BY_DATE, active: boolean, code: text(), coupon: text(), customer: text() }

export const DISCOUNT_ROUTES = [
  apiRoute(['POST', '/v1/coupons'], COUPON, ({ books, now }, { params }) => {
    if ((params.percent_off === undefined) === (params.amount_off === undefined))
      throw new StripeError('You must pass exactly one of percent_off or amount_off.')
    if (params.amount_off !== undefined && params.currency === undefined) throw missingParam('currency')
    if (params.id !== undefined && books.coupons.get(params.id))
      throw new StripeError('Coupon already exists.', { code: 'resource_already_exists' })
    const products = params.applies_to?.products
    const made = { ...params, products, id: params.id ?? newId('', 8), metadata: withoutEmpty(params.metadata) }
    return books.coupons.put(newCoupon(made, now()))
  }),
  apiRoute(['GET', '/v1/coupons'], PAGE_BY_DATE, ({ books }, { params, url }) => {
    const coupons = books.coupons.all().filter((coupon) => isCreatedIn(coupon.created, params.created))
    return pageOf(coupons.reverse(), params, url)
  }),
  apiRoute(['GET', '/v1/coupons/:id'], {}, ({ books }, { id }) => found(books.coupons, id, 'coupon')),
  apiRoute(['POST', '/v1/promotion_codes'], PROMOTION_CODE, ({ books, now }, { params }) => {
    const coupon = params.promotion.coupon
    if (coupon === undefined) throw missingParam('promotion[coupon]')
    if (!books.coupons.get(coupon)) throw noSuch('coupon', coupon, { param: 'promotion[coupon]', status: 400 })
    const code = params.code ?? newId('', 8).toUpperCase()
    const isTaken = books.promotionCodes
      .all()
      .some((known) => known.active && known.code.toLowerCase() === code.toLowerCase())
    if (isTaken) throw new StripeError(`An active promotion code with \`code: ${code}\` already exists.`)
    const made = { ...params, ...params.restrictions, code, coupon, metadata: withoutEmpty(params.metadata) }
    return books.promotionCodes.put(newPromotionCode(made, now()))
  }),
  apiRoute(['GET', '/v1/promotion_codes'], CODE_FILTERS, ({ books }, { params, url }) => {
    const { active, code, coupon, created, customer } = params
    const codes = books.promotionCodes
      .all()
      .filter(
        (known) =>
          isCreatedIn(known.created, created) &&
          (active === undefined || known.active === active) &&
          (code === undefined || known.code.toLowerCase() === code.toLowerCase()) &&
          (coupon === undefined || known.promotion.coupon === coupon) &&
          (customer === undefined || known.customer === customer),
      )
    return pageOf(codes.reverse(), params, url)
  }),
  apiRoute(['GET', '/v1/promotion_codes/:id'], {}, ({ books }, { id }) =>
    found(books.promotionCodes, id, 'promotion_code'),
  ),
  apiRoute(['POST', '/v1/promotion_codes/:id'], { active: boolean, metadata }, ({ books }, { id, params }) => {
    const code = found(books.promotionCodes, id, 'promotion_code')
    const noted = mergeMetadata(code.metadata, params.metadata)
    return books.promotionCodes.put({ ...code, active: params.active ?? code.active, metadata: noted })
  }),
]
