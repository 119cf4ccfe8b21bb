import * as z from 'zod/mini'

/** What each kind of job carries: ids only, since nothing but an id is believed from an event's body. */
export const JOB_PAYLOADS = {
  sync_order: z.union([
    z.strictObject({ stripe_session_id: z.string() }),
    z.strictObject({ stripe_payment_intent_id: z.string(), stripe_early_fraud_warning_id: z.optional(z.string()) }),
  ]),
  refund_order: z.strictObject({ order_id: z.string(), stripe_session_id: z.string() }),
  make_refund: z.strictObject({ refund_request_id: z.string() }),
  send_email: z.strictObject({ email_id: z.string() }),
  build_site: z.strictObject({}),
  purge: z.strictObject({}),
  /** Where to go on in a list of Stripe's: entries created since, after the one named. */
  reconcile: z.strictObject({
    since: z.string(),
    kind: z.enum(['session', 'refund', 'dispute']),
    after: z.nullable(z.string()),
  }),
} as const

export type JobKind = keyof typeof JOB_PAYLOADS
export type JobPayload<Kind extends JobKind> = z.infer<(typeof JOB_PAYLOADS)[Kind]>

/** A job as its worker holds it: `fence` counts the claims, and only the newest may settle. */
export type ClaimedJob = {
  id: string
  kind: string
  payload: unknown
  fence: number
  attempts: number
  state: 'open' | 'dead'
}
