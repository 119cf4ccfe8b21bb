import * as z from 'zod/mini'
import { SessionId } from '../downloads/order-request.ts'
import { mailableEmail } from '../orders/email-address.ts'

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[A-Za-z0-9_]{4,60}$`)))
const email = z.string().check(
  z.maxLength(320),
  z.refine((address) => mailableEmail(address) !== null, 'is not an email address'),
)

/** Nothing is asked. */
export const Nothing = z.strictObject({})

/** Asks for a page of orders: `after` is the `next` of the page before. */
export const PageRequest = z.strictObject({ after: z.optional(z.string().check(z.maxLength(120))) })

/** Asks for a link to a file. */
export const FileRequest = z.strictObject({ order_item_id: id('itm'), file_id: id('fil') })

/** Asks for the links of an order by mail. */
export const LinksRequest = z.strictObject({ order_id: id('ord') })

/** Asks for a link to all orders of an address. */
export const PortalWish = z.strictObject({ email })

/** Opens the link of a mail. */
export const PortalToken = z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(4096)) })

/** Corrects the address of an order. */
export const EmailCorrection = z.strictObject({ session_id: SessionId, email })

/** Deletes an account; the page has asked twice. */
export const Deletion = z.strictObject({ confirm: z.literal(true) })
