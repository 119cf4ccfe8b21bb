/** The row that says how far the pages are behind the catalogue. `asked`, `sent` and `built` count changes. */
export type SiteBuild = {
  asked: number
  asked_at: Date | null
  /** When the first change came that no build was asked for with. */
  waiting_since: Date | null
  sent: number
  sent_at: Date | null
  built: number
  built_at: Date | null
  /** How often in a row the build hook could not be reached. */
  failures: number
  failing_since: Date | null
  last_error: string | null
  /** A build was asked for more than half an hour ago, and none has come. */
  is_missing: boolean
  /** When the hook is called next. */
  due_at: Date | null
}

/**
 * What a person wants to know: `fresh`, the pages show everything; `waiting`, a build will be asked for at `due_at`; `sent`, it was asked
 * for and is under way; `failed`, with the reason; `no_hook`, nobody can be asked: the next deploy shows the changes.
 */
export type BuildState = {
  state: 'fresh' | 'waiting' | 'sent' | 'failed' | 'no_hook'
  /** How many changes are not in the pages yet. */
  changes: number
  since: Date | null
  due_at: Date | null
  sent_at: Date | null
  built_at: Date | null
  reason: string | null
}

const MISSING = 'a build was asked for, and none has arrived within half an hour; see the deploys at Netlify'

/** Whether a change waits that neither a build was asked for with, nor is in the pages. */
export function isBehind({ asked, sent, built }: Pick<SiteBuild, 'asked' | 'sent' | 'built'>): boolean {
  return asked > Math.max(sent, built)
}

/** @param isHooked whether there is a build hook to call */
export function buildStateOf(build: SiteBuild, { isHooked }: { isHooked: boolean }): BuildState {
  const { asked, sent, built, sent_at, built_at, due_at } = build
  const told = { changes: Math.max(0, asked - built), sent_at, built_at }
  const say = (state: BuildState['state'], since: Date | null, reason: string | null = null): BuildState => ({
    ...told,
    state,
    since,
    reason,
    due_at: state === 'waiting' || state === 'failed' ? due_at : null,
  })
  if (isBehind(build) && !isHooked) return say('no_hook', build.waiting_since, 'no build hook is set')
  if (build.failures > 0) return say('failed', build.failing_since, build.last_error)
  if (isBehind(build)) return say('waiting', build.waiting_since)
  if (build.is_missing) return say('failed', sent_at, MISSING)
  return sent > built ? say('sent', sent_at) : say('fresh', built_at)
}
