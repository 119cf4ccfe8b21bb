import { createHash } from 'node:crypto'
import type { KeptAnswer } from './books.ts'
import { canonicalForm } from './form.ts'
import { StripeError } from './stripe-error.ts'
import type { World } from './world.ts'

const DAY = 86_400

/** What makes two requests the same: the operation and its parameters, in any order. */
export function fingerprintOf(operation: string, form: string): string {
  return createHash('sha256')
    .update(`${operation}\n${canonicalForm(form)}`)
    .digest('hex')
}

/**
 * The kept answer for this key, if there is one; keys are forgotten after 24 hours. Throws `idempotency_error` when the
 * key was used for something else (docs.stripe.com/api/idempotent_requests).
 */
export function keptAnswer(world: World, key: string, fingerprint: string): KeptAnswer | undefined {
  if (key.length > 255) throw new StripeError('Idempotency keys can be up to 255 characters long.')
  const kept = world.books.answers.get(key)
  if (kept === undefined || kept.created + DAY <= world.now()) return undefined
  if (kept.fingerprint === fingerprint) return kept
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
  throw new StripeError(message, { type: 'idempotency_error' })
}
