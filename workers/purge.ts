import type { App } from '../shop/app.ts'
import { JobDeferred } from '../shop/errors.ts'
import { purgeOld } from '../shop/retention/purge-old.ts'
import type { JobEnd } from './registry.ts'

/** A third of a lease. */
const BUDGET_MS = 20_000
/** Between two runs other jobs have their turn. */
const PAUSE_S = 5

/** Clears away what is older than it is kept; once a night, and in as many runs as it takes. */
export async function purgeJob(app: App): Promise<JobEnd> {
  const { counts, isDone } = await purgeOld(app, new Date(app.now().getTime() + BUDGET_MS))
  app.log.info('purged', counts)
  if (!isDone) throw new JobDeferred('more is left to clear away', { retryAfter: PAUSE_S })
  return 'done'
}
