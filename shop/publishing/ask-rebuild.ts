import { askBuildNow } from '../../db/site-build.ts'
import type { App } from '../app.ts'
import { Misconfigured } from '../errors.ts'
import { wake } from '../wake.ts'

/**
 * Asks for a build of the pages at once, whether or not anything has changed.
 * @throws Misconfigured when no build hook is set
 */
export async function askRebuild(app: Pick<App, 'db' | 'builds' | 'waker' | 'now' | 'log'>): Promise<void> {
  if (!app.builds.isSet)
    throw new Misconfigured(
      'NETLIFY_BUILD_HOOK_URL is not set, so nobody can be asked for a build. docs/DEPLOY.md says how.',
    )
  await askBuildNow(app.db)
  await wake(app)
}
