import * as z from 'zod/mini'

/** A checkout session's id, as Stripe forms them. */
export const SessionId = z.string().check(z.regex(/^cs_(test|live)_[A-Za-z0-9]{8,240}$/))

/** How /success names an order: by Stripe's checkout session, or by the signed link of a receipt. */
export const OrderRequest = z.union([
  z.strictObject({ session_id: SessionId }),
  z.strictObject({ access: z.string().check(z.minLength(1), z.maxLength(4096)) }),
])
