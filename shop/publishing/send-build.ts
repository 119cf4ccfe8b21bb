import { noteBuildFailure, noteBuildSent, readBuild } from '../../db/site-build.ts'
import type { App } from '../app.ts'
import type { ClaimedJob } from '../jobs.ts'
import { alertSeller } from '../mail/alert-seller.ts'
import { isBehind } from './build-state.ts'

/** `sent`: a build was asked for; `lost`: so it was, but somebody else has the job; `nothing`: there was nothing to ask for, or nobody to ask. */
type BuildOutcome = 'sent' | 'lost' | 'nothing'

/**
 * Asks for one build with all changes that have come by now. Asked again after the answer was lost, it asks for one build too many, which
 * costs minutes of building and nothing else.
 * @throws VendorDown or VendorRefused when the hook did not take it; the reason is noted, and the seller told of the third in a row
 */
export async function sendBuild(app: App, job: ClaimedJob): Promise<BuildOutcome> {
  const build = await readBuild(app.db)
  if (!isBehind(build)) {
    if (build.is_missing) await tellMissing(app, build.sent)
    return 'nothing'
  }
  if (!app.builds.isSet) {
    app.log.warn('no_build_hook', { changes: build.asked - build.built })
    return 'nothing'
  }
  try {
    await app.builds.ask()
  } catch (error) {
    await noteBuildFailure(app.db, error instanceof Error ? error.message : String(error))
    throw error
  }
  return (await noteBuildSent(app.db, job, build.asked)) ? 'sent' : 'lost'
}

/** Netlify says nothing to the shop when a build fails, so one that never arrives is all that can be seen of it. */
async function tellMissing(app: App, sent: number): Promise<void> {
  const payload = { build_error: 'Half an hour ago a build was asked for, and none has arrived' }
  await alertSeller(app, { kind: 'seller_build_failed', about: `missing-${sent}`, payload })
}
