import * as z from 'zod/mini'
import { mailableEmail } from '../orders/email-address.ts'
import { SessionId } from './order-request.ts'

/** Asks for a code by mail: whose order it is, and the address that was typed in. */
export const CodeWish = z.strictObject({
  session_id: SessionId,
  email: z.string().check(
    z.maxLength(320),
    z.refine((address) => mailableEmail(address) !== null),
  ),
})

/** The code that was typed in. */
export const CodeGuess = z.strictObject({ session_id: SessionId, code: z.string().check(z.regex(/^\d{6}$/)) })
