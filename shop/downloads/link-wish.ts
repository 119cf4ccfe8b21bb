import * as z from 'zod/mini'
import { mailableEmail } from '../orders/email-address.ts'
import { SessionId } from './order-request.ts'

const token = z.string().check(z.minLength(1), z.maxLength(4096))
const email = z.string().check(
  z.maxLength(320),
  z.refine((address) => mailableEmail(address) !== null, 'is not an email address'),
)

/** Asks for a fresh link by mail: what the page knows of the order, and the address that was typed in. */
export const LinkWish = z.union([
  z.strictObject({ email, session_id: SessionId }),
  z.strictObject({ email, token }),
  z.strictObject({ email, access: token }),
])

export type LinkWish = z.infer<typeof LinkWish>

/** The same from the form of the expired link's page; an address that cannot be one is told to a person in a page. */
export const LinkForm = z.strictObject({ email: z.string().check(z.maxLength(320)), token })

/** Whether a mail can be sent to what was typed in. */
export function isAddress(typed: string): boolean {
  return mailableEmail(typed) !== null
}
