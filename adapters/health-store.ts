import type { HealthStore } from '../shop/app.ts'
import { EventTime, SweepState, WorkState } from '../shop/health/health-state.ts'
import type { OpenBlobs } from './open-blobs.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 2_000
const TEXT = { type: 'text' } as const

/** Two notes of how the shop is, where reading them does not wake the database. */
export function createHealthStore(openBlobs: OpenBlobs): HealthStore {
  const store = () => openBlobs('health')
  const write = (key: string, state: object | string) =>
    withinDeadline(DEADLINE_MS, async () => {
      await store().set(key, JSON.stringify(state))
    })
  return {
    read: () =>
      withinDeadline(DEADLINE_MS, async () => {
        const notes = await Promise.all(['work', 'sweep', 'event'].map((key) => store().get(key, TEXT)))
        const [work, sweep, event] = [
          parse(WorkState, notes[0]),
          parse(SweepState, notes[1]),
          parse(EventTime, notes[2]),
        ]
        return { work: work && { ...work, last_event_at: work.last_event_at ?? event }, sweep }
      }),
    // A shift without an event must not take the last one's time away.
    writeWork: async (state) => {
      const event = state.last_event_at
      await Promise.all([write('work', state), ...(event ? [write('event', event)] : [])])
    },
    writeSweep: (state) => write('sweep', state),
  }
}

/** A note in the words of another version is none. */
function parse<State>(
  schema: { safeParse(value: unknown): { data?: State | undefined } },
  text: string | null | undefined,
): State | null {
  try {
    return schema.safeParse(JSON.parse(text ?? 'null')).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
