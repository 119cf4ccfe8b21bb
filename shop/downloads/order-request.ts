import * as z from 'zod/mini'

/** How /success names an order: by Stripe's checkout session, or by the signed link of a receipt. */
export const OrderRequest = z.union([
  z.strictObject({ session_id: z.string().check(z.regex(/^cs_(test|live)_[A-Za-z0-9]{8,240}$/)) }),
  z.strictObject({ access: z.string().check(z.minLength(1), z.maxLength(4096)) }),
])
