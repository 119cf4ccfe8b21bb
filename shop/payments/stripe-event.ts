import * as z from 'zod/mini'
import type { JobPayload } from '../jobs.ts'
import { readingOf } from './event-types.ts'

/** What a verified delivery asks for: a job under the event's id, or nothing, with the reason for the log. */
export type VerifiedEvent =
  | { id: string; type: string; job: JobPayload<'sync_order'> }
  | { id: string; type: string; ignored: 'unknown_type' | 'other_mode' | 'other_account' | 'no_reference' }

const id = z.string().check(z.regex(/^[A-Za-z0-9_]{1,255}$/))
const reference = z.union([id, z.object({ id })])

const Snapshot = z.object({
  object: z.literal('event'),
  id,
  type: z.string(),
  livemode: z.boolean(),
  account: z.optional(z.nullable(z.string())),
  // Events of types that we do not know have objects of any shape, so references are checked only where they are read.
  data: z.object({ object: z.object({ id: z.optional(z.unknown()), payment_intent: z.optional(z.unknown()) }) }),
})

/** A notification without a snapshot; `snapshot_event` is the id that the same happening has as a snapshot. */
const Thin = z.object({
  object: z.literal('v2.core.event'),
  id,
  type: z.string(),
  livemode: z.boolean(),
  snapshot_event: z.optional(z.unknown()),
  related_object: z.optional(z.nullable(z.object({ id }))),
})

/**
 * Reads a delivery whose signature has been verified.
 * @param livemode whether our own key takes real money; events of the other mode are not ours
 * @returns null when the body is not an event at all
 */
export function readStripeEvent(body: unknown, livemode: boolean): VerifiedEvent | null {
  const snapshot = z.safeParse(Snapshot, body)
  if (snapshot.success) return fromSnapshot(snapshot.data, livemode)
  const thin = z.safeParse(Thin, body)
  return thin.success ? fromThin(thin.data, livemode) : null
}

function fromSnapshot(event: z.infer<typeof Snapshot>, livemode: boolean): VerifiedEvent {
  const { id, type } = event
  const reading = readingOf(type)
  if (!reading) return { id, type, ignored: 'unknown_type' }
  if (event.livemode !== livemode) return { id, type, ignored: 'other_mode' }
  if (event.account) return { id, type, ignored: 'other_account' }
  const { object } = event.data
  const named = idOf(object[reading.refers])
  if (!named) return { id, type, ignored: 'no_reference' }
  return { id, type, job: jobFor(reading, named, idOf(object.id)) }
}

function fromThin(event: z.infer<typeof Thin>, livemode: boolean): VerifiedEvent {
  const type = event.type.replace(/^v1\./, '')
  const id = idOf(event.snapshot_event) ?? event.id
  const reading = readingOf(type)
  if (!reading) return { id, type, ignored: 'unknown_type' }
  if (event.livemode !== livemode) return { id, type, ignored: 'other_mode' }
  const related = event.related_object?.id
  // Only a session is named directly; a refund or charge would need a look-up, and its snapshot twin brings the payment intent.
  if (!related || reading.refers !== 'id') return { id, type, ignored: 'no_reference' }
  return { id, type, job: { stripe_session_id: related } }
}

type Reading = NonNullable<ReturnType<typeof readingOf>>

function jobFor({ refers, warns }: Reading, named: string, objectId: string | null): JobPayload<'sync_order'> {
  if (refers === 'id') return { stripe_session_id: named }
  return warns && objectId
    ? { stripe_payment_intent_id: named, stripe_early_fraud_warning_id: objectId }
    : { stripe_payment_intent_id: named }
}

/** The id that a reference holds, expanded or not; null for anything else. */
function idOf(value: unknown): string | null {
  const parsed = z.safeParse(reference, value)
  if (!parsed.success) return null
  return typeof parsed.data === 'string' ? parsed.data : parsed.data.id
}
