import type { ShiftEnd } from '../../db/jobs.ts'
import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'

/** Leaves what a worker saw at the end of its shift for those who ask how the shop is. No work depends on it. */
export function noteShift(app: App, { next_due_at, health }: ShiftEnd): Promise<void> {
  return tolerating(app, async () => {
    const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString())
    await app.health.writeWork({
      at: app.now().toISOString(),
      dead: health.dead,
      next_due_at: iso(next_due_at),
      last_event_at: iso(health.last_event_at),
      schema: health.schema,
    })
  })
}

/** Leaves that the schedule runs, and since when somebody should have come to work. */
export function noteSweep(app: Pick<App, 'health' | 'now' | 'log'>, marks: { at: Date }[] | null): Promise<void> {
  const now = app.now()
  const due = (marks ?? []).map(({ at }) => at).filter((at) => at <= now)
  const oldest = due.length > 0 ? new Date(Math.min(...due.map((at) => at.getTime()))) : null
  const state = { at: now.toISOString(), oldest_mark_at: oldest?.toISOString() ?? null }
  return tolerating(app, () => app.health.writeSweep(state))
}

async function tolerating(app: Pick<App, 'log'>, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('health_unwritten')
  }
}
