import { listDeadJobs, readLastSigns, readQueueStats } from '../../db/job-care.ts'
import { readBuild } from '../../db/site-build.ts'
import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'
import { buildStateOf } from '../publishing/build-state.ts'
import type { WorkReport } from './work-report.ts'

const MOST_DEAD = 50

/** How the shop's work stands: the queue, dead letters, the pages' build, and the last signs of life of everything that it hangs on. */
export async function gatherWork(app: App) {
  const [stats, dead, signs, build, notes] = await Promise.all([
    readQueueStats(app.db),
    listDeadJobs(app.db, MOST_DEAD),
    readLastSigns(app.db),
    readBuild(app.db),
    readNotes(app),
  ])
  const { kinds, oldest_due_seconds, held_mails } = stats
  return {
    ...{ kinds, oldest_due_seconds, held_mails, dead, ...signs, ...notes },
    build: buildStateOf(build, { isHooked: app.builds.isSet }),
  }
}

/** What the reconciler and the sweep have noted, in the same store as the files. */
async function readNotes(app: App): Promise<Pick<WorkReport, 'night' | 'sweep_at' | 'is_storage_well'>> {
  try {
    const [[night = null], { sweep }] = await Promise.all([app.digests.read('night'), app.health.read()])
    return { night, sweep_at: sweep?.at ?? null, is_storage_well: true }
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('notes_unreadable')
    return { night: null, sweep_at: null, is_storage_well: false }
  }
}
