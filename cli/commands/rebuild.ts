import { readBuild } from '../../db/site-build.ts'
import type { App } from '../../shop/app.ts'
import { askRebuild } from '../../shop/publishing/ask-rebuild.ts'
import { type BuildState, buildStateOf, type SiteBuild } from '../../shop/publishing/build-state.ts'
import type { Command, ExitCode, Terminal } from './command.ts'

const LOOK_EVERY_MS = 1_000
const LONGEST_WAIT_MS = 900_000

/** `npm run till -- rebuild`. */
export const REBUILD: Command = {
  name: 'rebuild',
  summary: 'Asks for a build of the pages at once, or says how far they are behind the catalogue',
  usage: '[--wait] [--status] [--json]',
  details: `  --wait    ends when the pages are there: with 0, or with 1 if they are not within 15 minutes
  --status  asks for nothing and says how things stand
  --json    answers with one JSON document

A change of the catalogue asks for a build by itself: a minute after the first of several changes, and five minutes after the build
before. This is for those who do not want to wait. It needs NETLIFY_BUILD_HOOK_URL; npm start has a hook of its own. Orders never
depend on it. It ends with 1 if the last build was asked for in vain.`,
  options: { wait: { type: 'boolean' }, status: { type: 'boolean' }, json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, given: { options }, terminal }) {
    const before = await readBuild(app.db)
    if (options.status !== true) await askRebuild(app)
    const state = options.wait === true ? await waitFor(app, before, terminal) : await readState(app)
    terminal.print(options.json === true ? JSON.stringify(state, null, 2) : describe(state))
    return exitCodeOf(state, options.wait === true)
  },
}

async function readState(app: App): Promise<BuildState> {
  return buildStateOf(await readBuild(app.db), { isHooked: app.builds.isSet })
}

/** What failed before it was asked for again is not its end. */
async function waitFor(app: App, before: SiteBuild, terminal: Terminal): Promise<BuildState> {
  const { asked } = await readBuild(app.db)
  const until = app.now().getTime() + LONGEST_WAIT_MS
  for (;;) {
    const build = await readBuild(app.db)
    const state = buildStateOf(build, { isHooked: app.builds.isSet })
    const hasFailed = state.state === 'failed' && build.failures !== before.failures
    const isOver = build.built >= asked || hasFailed || app.now().getTime() > until
    if (isOver || terminal.stopping.aborted) return state
    terminal.progress(describe(state))
    await app.pause(LOOK_EVERY_MS)
  }
}

function exitCodeOf({ state }: BuildState, isWaited: boolean): ExitCode {
  return state === 'failed' || state === 'no_hook' || (isWaited && state !== 'fresh') ? 1 : 0
}

function describe({ state, changes, since, due_at, reason }: BuildState): string {
  const count = `${changes} ${changes === 1 ? 'change' : 'changes'}`
  const at = (time: Date | null) => (time ? ` ${time.toISOString().slice(0, 19).replace('T', ' ')} UTC` : '')
  if (state === 'fresh')
    return since ? `The pages show every change; built${at(since)}.` : 'The pages show every change.'
  if (state === 'waiting') return `${count} waiting since${at(since)}; a build will be asked for${at(due_at)}.`
  if (state === 'sent') return `A build was asked for${at(since)} and is under way (${count}).`
  if (state === 'no_hook') return `No build hook is set: ${count} will be on the pages after the next deploy.`
  return `Failed since${at(since)}: ${reason ?? 'no reason was written down'}. ${count} not on the pages${due_at ? `; next try${at(due_at)}` : ''}.`
}
