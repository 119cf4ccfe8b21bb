import { checkGranularity, checkTotal } from './currencies.ts'
import { couponOf, usablePromotionCode } from './discounts.ts'
import { withoutEmpty } from './metadata.ts'
import { newLineItem, newProduct } from './new-line-item.ts'
import { newSession } from './new-session.ts'
import { priceLines, totalled } from './pricing.ts'
import type { LineItemRequest, SessionRequest } from './session-params.ts'
import { missingParam, noSuch, StripeError } from './stripe-error.ts'
import { delayedTypeOf } from './test-methods.ts'
import type { LineItem, Product, Session } from './wire-types.ts'
import type { World } from './world.ts'

const HALF_HOUR = 1800
const DAY = 86_400

/** Opens a checkout session; throws `StripeError` in Stripe's words for what Stripe would refuse. */
export function createSession(world: World, request: SessionRequest): Session {
  checkWishes(world, request)
  const lines = (request.line_items ?? []).map((line, place) => readLine(world, line, `line_items[${place}]`))
  const currency = oneCurrency(lines, request.currency)
  const created = world.now()
  const expires_at = request.expires_at ?? created + DAY
  const methods = methodTypes(request, currency)
  const session = newSession(request, { created, expires_at, currency, methods, servicesUrl: world.servicesUrl })
  const coupon = couponOf(world, session)
  if (coupon?.currency && coupon.currency !== currency)
    throw refusal(`The coupon is in ${coupon.currency}, the line items are in ${currency}.`, 'discounts[0]')
  const priced = priceLines(lines, { coupon, taxed: false })
  const opened = totalled(session, priced)
  checkTotal(opened.amount_total ?? 0, currency)
  return keep(world, { session: opened, lines: priced, request })
}

function keep(world: World, made: { session: Session; lines: LineItem[]; request: SessionRequest }): Session {
  const { session, lines, request } = made
  const { books } = world
  for (const line of lines) {
    books.lineItems.put(line)
    books.linesOf.add(session.id, line.id)
    if (line.price) books.prices.put(line.price)
  }
  const plan = request.payment_intent_data
  books.intentPlans.put({
    id: session.id,
    description: plan?.description ?? null,
    metadata: withoutEmpty(plan?.metadata),
    receipt_email: plan?.receipt_email ?? null,
    setup_future_usage: plan?.setup_future_usage ?? null,
    statement_descriptor: plan?.statement_descriptor ?? null,
    statement_descriptor_suffix: plan?.statement_descriptor_suffix ?? null,
    transfer_group: plan?.transfer_group ?? null,
  })
  books.timers.put({ id: session.id, kind: 'expire_session', due_at: session.expires_at })
  return books.sessions.put(session)
}

function checkWishes(world: World, request: SessionRequest): void {
  if (request.mode !== 'payment') throw refusal('The local stand-in for Stripe knows mode payment only.', 'mode')
  if ((request.ui_mode ?? 'hosted_page') !== 'hosted_page')
    throw refusal('The local stand-in for Stripe knows ui_mode hosted_page only.', 'ui_mode')
  // It is for subscriptions: in mode payment nothing is collected where nothing is due.
  if (request.payment_method_collection !== undefined)
    throw refusal(
      'You can only set `payment_method_collection` if there are recurring prices.',
      'payment_method_collection',
    )
  if (request.success_url === undefined) throw missingParam('success_url')
  if (request.line_items === undefined) throw missingParam('line_items')
  checkCustomer(world, request)
  checkDiscounts(world, request)
  checkExpiry(world.now(), request.expires_at)
}

function checkCustomer(world: World, { customer, customer_email, customer_creation }: SessionRequest): void {
  if (customer_email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(customer_email))
    throw new StripeError(`Invalid email address: ${customer_email}`, {
      code: 'email_invalid',
      param: 'customer_email',
    })
  if (customer === undefined) return
  if (customer_email !== undefined)
    throw refusal('You may only specify one of these parameters: customer, customer_email.')
  if (customer_creation !== undefined)
    throw refusal('`customer_creation` can only be used without `customer`.', 'customer_creation')
  if (!world.books.customers.get(customer)) throw noSuch('customer', customer, { param: 'customer', status: 400 })
}

function checkDiscounts(world: World, { discounts, allow_promotion_codes }: SessionRequest): void {
  const discount = discounts?.[0]
  if (discount === undefined) return
  if (allow_promotion_codes !== undefined)
    throw refusal('You may only specify one of these parameters: allow_promotion_codes, discounts.')
  const { coupon, promotion_code } = discount
  if ((coupon === undefined) === (promotion_code === undefined))
    throw refusal('You must specify exactly one of coupon or promotion_code.', 'discounts[0]')
  const at = { param: `discounts[0][${coupon === undefined ? 'promotion_code' : 'coupon'}]`, status: 400 } as const
  if (coupon !== undefined && !world.books.coupons.get(coupon)) throw noSuch('coupon', coupon, at)
  if (promotion_code !== undefined && !usablePromotionCode(world, promotion_code))
    throw noSuch('promotion code', promotion_code, at)
}

function checkExpiry(now: number, expires_at: number | undefined): void {
  if (expires_at === undefined) return
  const param = 'expires_at'
  if (expires_at < now + HALF_HOUR)
    throw refusal('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', param)
  if (expires_at > now + DAY)
    throw refusal('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', param)
}

function readLine(world: World, line: LineItemRequest, at: string): LineItem {
  if (line.price !== undefined) throw noSuch('price', line.price, { param: `${at}[price]`, status: 400 })
  const data = line.price_data
  if (data === undefined) throw missingParam(`${at}[price_data]`)
  if (data.unit_amount === undefined) throw missingParam(`${at}[price_data][unit_amount]`)
  if (line.quantity === undefined) throw missingParam(`${at}[quantity]`)
  checkGranularity(data.unit_amount, data.currency, `${at}[price_data][unit_amount]`)
  const product = readProduct(world, data, `${at}[price_data]`)
  const { currency, unit_amount, tax_behavior = 'unspecified' } = data
  const asked = { currency, unit_amount, tax_behavior, quantity: line.quantity, product }
  return newLineItem({ ...asked, metadata: withoutEmpty(line.metadata) }, world.now())
}

function readProduct(world: World, data: NonNullable<LineItemRequest['price_data']>, at: string): Product {
  if (data.product !== undefined) {
    const known = world.books.products.get(data.product)
    if (known === undefined) throw noSuch('product', data.product, { param: `${at}[product]`, status: 400 })
    return known
  }
  const described = data.product_data
  if (described === undefined) throw missingParam(`${at}[product_data]`)
  const { name, description, images = [], tax_code, unit_label } = described
  if (tax_code !== undefined && !/^txcd_\d{8}$/.test(tax_code))
    throw noSuch('tax code', tax_code, { param: `${at}[product_data][tax_code]`, status: 400 })
  const metadata = withoutEmpty(described.metadata)
  return world.books.products.put(
    newProduct({ name, description, images, metadata, tax_code, unit_label }, world.now()),
  )
}

function oneCurrency(lines: LineItem[], asked: string | undefined): string {
  const currencies = [...new Set([...lines.map((line) => line.currency), ...(asked === undefined ? [] : [asked])])]
  const currency = currencies[0]
  if (currency === undefined) throw missingParam('line_items')
  if (currencies.length > 1)
    throw refusal(`You cannot combine currencies in one Checkout Session: ${currencies.join(', ')}.`, 'line_items')
  return currency
}

function methodTypes(request: SessionRequest, currency: string): string[] {
  const delayed = delayedTypeOf(currency)
  const types = delayed === undefined ? ['card'] : ['card', delayed]
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded = [] } = request
  const left = types.filter((type) => (allowed?.includes(type) ?? true) && !excluded.includes(type))
  if (left.length === 0) throw refusal('No payment method types are left for this Checkout Session.')
  return left
}

function refusal(message: string, param?: string): StripeError {
  return new StripeError(message, param === undefined ? {} : { param })
}
