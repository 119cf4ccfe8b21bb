import { PURGES } from '../../db/retention.ts'
import type { App } from '../app.ts'
import { KEPT_DAYS, PERISHABLES, type Perishable } from './kept-days.ts'

/** Rows a statement: few enough that nobody waits for one. */
const BATCH = 1_000

/** `isDone`: nothing that is too old is left. */
export type Purged = { counts: Record<Perishable, number>; isDone: boolean }

/**
 * Clears away what is older than it is kept, a thousand rows a statement, until nothing is left or the time is over. It can be ended
 * anywhere and begun again: what is left is found by its age.
 * @param until when no further statement is begun
 */
export async function purgeOld(app: Pick<App, 'db' | 'now'>, until: Date): Promise<Purged> {
  const counts = Object.fromEntries(PERISHABLES.map((what) => [what, 0])) as Purged['counts']
  for (const what of PERISHABLES) {
    let gone = BATCH
    while (gone === BATCH) {
      if (app.now() >= until) return { counts, isDone: false }
      gone = await PURGES[what](app.db, { days: KEPT_DAYS[what], limit: BATCH })
      counts[what] += gone
    }
  }
  return { counts, isDone: true }
}
