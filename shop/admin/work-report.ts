import type { BuildState } from '../publishing/build-state.ts'

type InJson<Thing> = { [Name in keyof Thing]: Thing[Name] extends Date | null ? string | null : Thing[Name] }

/** The work that the shop does behind its pages; times as JSON has them. */
export type WorkReport = {
  kinds: { kind: string; open: number; running: number; late: number; dead: number; done: number }[]
  oldest_due_seconds: number
  held_mails: number
  dead: { id: string; kind: string; attempts: number; last_error: string | null; finished_at: string }[]
  event_at: string | null
  mail_at: string | null
  /** The last nightly comparison with Stripe; null before the first, or when its note cannot be read. */
  night: string | null
  /** When the minutely sweep last looked. */
  sweep_at: string | null
  /** Whether the store of notes and files answers. */
  is_storage_well: boolean
  build: InJson<BuildState>
}
