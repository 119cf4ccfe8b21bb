import * as z from 'zod/mini'

const time = z.iso.datetime()

export const EventTime = time

/** What a worker leaves behind at the end of its shift, when the database is awake anyway. */
export const WorkState = z.object({
  at: time,
  /** How many jobs were given up. */
  dead: z.int(),
  /** When the next open job can run. */
  next_due_at: z.nullable(time),
  /** When the last event of Stripe's came in, among the newest jobs. */
  last_event_at: z.nullable(time),
  /** The newest migration of the database. */
  schema: z.nullable(z.string()),
})
export type WorkState = z.infer<typeof WorkState>

/** What the minutely sweep leaves behind. */
export const SweepState = z.object({
  at: time,
  /** The earliest time at which somebody was to come and work; null when nobody was. */
  oldest_mark_at: z.nullable(time),
})
export type SweepState = z.infer<typeof SweepState>

/** Null for what was never written. */
export type HealthState = { work: WorkState | null; sweep: SweepState | null }
