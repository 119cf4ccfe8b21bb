import * as z from 'zod/mini'
import { mailableEmail } from '../orders/email-address.ts'
import { ORDER_STATES } from '../orders/order-status.ts'
import { PERIODS } from './period.ts'

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[A-Za-z0-9_]{4,60}$`)))
const text = (most: number) => z.string().check(z.maxLength(most))
const amount = z.int().check(z.gte(1), z.lte(99_999_999_999))
/** Made up by the page for one press of a button: the same one is the same deed. */
const requestId = id('rfq')

/** Asks for what happened in the last so many days. */
export const TodayRequest = z.strictObject({
  days: z.int().check(z.refine((days) => PERIODS.some((one) => one === days), 'must be 7, 30, 90 or 365')),
})

/** Asks for a page of orders: `after` is the `next` of the page before. */
export const OrdersRequest = z.strictObject({
  search: z.optional(text(320)),
  status: z.optional(z.enum(ORDER_STATES)),
  after: z.optional(text(120)),
})

/** Names one order. */
export const OrderRequest = z.strictObject({ order_id: id('ord') })

const email = z.string().check(
  z.maxLength(320),
  z.refine((address) => mailableEmail(address) !== null, 'is not an email address'),
)

/** What can be done to an order without moving money. */
export const OrderChange = z.discriminatedUnion('action', [
  z.strictObject({ order_id: id('ord'), action: z.literal('approve') }),
  z.strictObject({ order_id: id('ord'), action: z.literal('reject') }),
  z.strictObject({ order_id: id('ord'), action: z.literal('set_email'), email }),
  z.strictObject({ order_id: id('ord'), action: z.literal('send_receipt'), request_id: requestId }),
  z.strictObject({ order_id: id('ord'), action: z.literal('revoke'), item_id: id('itm') }),
  z.strictObject({ order_id: id('ord'), action: z.literal('restore'), item_id: id('itm') }),
])
export type OrderChange = z.infer<typeof OrderChange>

/** Asks for money to go back; `seen` is what the page showed to be paid back already. */
export const RefundRequest = z.strictObject({
  order_id: id('ord'),
  request_id: requestId,
  wish: z.union([
    z.literal('rest'),
    z.strictObject({ amount }),
    z.strictObject({ item_ids: z.array(id('itm')).check(z.minLength(1), z.maxLength(50)) }),
  ]),
  seen: z.int().check(z.gte(0)),
  again: z.optional(z.boolean()),
})

/** Names a dead job, or all of them. */
export const RedriveRequest = z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(400)) })

/** Asks for a page of a comparison with Stripe; `place` is the `next` of the page before. */
export const ReconcileRequest = z.strictObject({
  days: z.int().check(z.gte(1), z.lte(35)),
  place: z.nullable(z.strictObject({ kind: z.enum(['session', 'refund', 'dispute']), after: z.nullable(text(255)) })),
})
