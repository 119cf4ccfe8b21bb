import { mailableEmail } from '../../../shop/orders/email-address.ts'
import { isObject } from './is-object.ts'

/**
 * How far a buyer has come whom this browser cannot vouch for: a code or a fresh link was asked for, or a code has ended.
 * `sentAt` on this device's clock, in milliseconds.
 */
export type ProofStep =
  | { kind: 'code-sent' | 'code-over'; email: string; sentAt: number }
  | { kind: 'link-sent'; email: string }

/** The shop sends no second code while one is younger. */
export const RESEND_MS = 60_000
/** Codes live this long. */
const CODE_MS = 600_000

/** The step kept in the history entry's state: on a phone, a look into the mailbox may cost the page its memory. */
export function readProofStep(state: unknown, now: number): ProofStep | undefined {
  if (!isObject(state) || typeof state.email !== 'string' || typeof state.sentAt !== 'number') return undefined
  const { email, sentAt } = state
  const isAlive = now >= sentAt && now < sentAt + CODE_MS
  return isAlive && mailableEmail(email) ? { kind: 'code-sent', email, sentAt } : undefined
}
