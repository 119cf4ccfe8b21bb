import { readdir } from 'node:fs/promises'
import { readBuild } from '../../../db/site-build.ts'
import { buildStateOf } from '../../../shop/publishing/build-state.ts'
import { ask } from './ask.ts'
import { type Check, type Finding, fail, ok, warn } from './finding.ts'

const FUNCTIONS = new URL('../../../functions/', import.meta.url)
const AT_ONCE = 4

/** That each function answers at its address: all of them say their request's id. */
export const ROUTES_CHECK: Check = {
  name: 'routes',
  run: async ({ config }) => {
    const paths = await listPaths()
    const silent = await listSilent(config.siteUrl, paths)
    if (silent.length === 0) return [ok(`All ${paths.length} functions answer`)]
    const isDown = silent.length === paths.length
    const what = isDown
      ? `The shop does not answer at ${config.siteUrl}`
      : `No function answers at ${silent.join(', ')}`
    return [
      fail(
        what,
        'Deploy again, and see that the build’s last lines name every function; SITE_URL must lead there without a redirect or a password.',
      ),
    ]
  },
}

/** Those that do not answer; a few at a time, since each may have to start first. */
async function listSilent(siteUrl: string, paths: string[]): Promise<string[]> {
  const silent: string[] = []
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const answers = await Promise.all(
      paths.slice(at, at + AT_ONCE).map(async (path) => [path, await ask(`${siteUrl}${path}`)] as const),
    )
    for (const [path, answer] of answers) if (!answer?.headers.has('x-request-id')) silent.push(path)
  }
  return silent
}

/** The public addresses of functions, with something harmless in place of parameters. */
async function listPaths(): Promise<string[]> {
  const files = (await readdir(FUNCTIONS)).filter((name) => name.endsWith('.ts'))
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, FUNCTIONS).href) as Promise<{ config?: { path?: string } }>),
  )
  const paths = modules.flatMap(({ config }) => (config?.path ? [config.path] : []))
  return paths
    .map((path) => path.replace(/:\w+/g, 'no-such-thing'))
    .filter((path) => path !== '/stripe_webhook' && path !== '/resend_webhook')
}

/** That somebody works when there is work. */
export const WORKER_CHECK: Check = {
  name: 'worker',
  run: async ({ app }) => {
    if (await app.waker.poke()) return [ok('A worker comes when it is called')]
    return [
      fail(
        'No worker comes when it is called',
        'JOB_POKE_SECRET must be the same here and at Netlify, and SITE_URL the address of the production deploy.',
      ),
    ]
  },
}

/** That addresses are confirmed by mail: otherwise anybody could sign up as a buyer. */
export const IDENTITY_CHECK: Check = {
  name: 'identity',
  run: async ({ config }) => {
    const answer = await ask(`${config.siteUrl}/.netlify/identity/settings`)
    if (!answer || answer.status === 404)
      return [
        warn(
          'Netlify Identity is not there: no accounts, and nobody can open /admin',
          'Enable it: Netlify → Project configuration → Identity. Links by mail and this command line work without.',
        ),
      ]
    if (answer.status !== 200) return [fail(`Netlify Identity answers ${answer.status}`, 'Run the check again.')]
    if (answer.json.autoconfirm === false) return [ok('Identity confirms addresses by mail')]
    return [
      fail(
        'Identity takes every address without a mail',
        'Switch it off: Identity → Registration → Autoconfirm. Until then the portal and /admin let nobody in.',
      ),
    ]
  },
}

/** Whether changes reach the pages. It calls nobody: each call of the hook is a build. */
export const BUILDS_CHECK: Check = {
  name: 'build hook',
  run: async ({ app }) => {
    const { state, reason, sent_at } = buildStateOf(await readBuild(app.db), { isHooked: app.builds.isSet })
    if (!app.builds.isSet)
      return [
        warn(
          'NETLIFY_BUILD_HOOK_URL is not set: changes are on the pages after the next deploy only',
          'Make a hook: docs/DEPLOY.md, “The build hook”.',
        ),
      ]
    if (state === 'failed')
      return [
        fail(
          `The last build was asked for in vain: ${reason ?? ''}`,
          'Look at the deploys at Netlify, then: npm run till -- rebuild --wait',
        ),
      ]
    if (!sent_at)
      return [warn('The build hook is set and was never used', 'Try it once: npm run till -- rebuild --wait')]
    return [ok('The build hook took the last build')]
  },
}

/** What the shop says of itself on /healthz. */
export const HEALTH_CHECK: Check = {
  name: 'health',
  run: async ({ config }) => {
    const answer = await ask(`${config.siteUrl}/healthz`)
    if (!answer) return [fail('/healthz does not answer', 'Is the shop deployed, and does SITE_URL lead to it?')]
    if (answer.status === 200) return [ok('/healthz is green')]
    const red = Object.entries(answer.json).flatMap(([name, part]): string[] =>
      isRed(part) ? [name.replaceAll('_', ' ')] : [],
    )
    const found: Finding = fail(
      `/healthz is red: ${red.join(', ') || 'its notes cannot be read'}`,
      'docs/RUNBOOK.md, “The alarm of healthz”. After the first deploy, wait a minute for the first sweep.',
    )
    return [found]
  },
}

function isRed(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'status' in part && part.status === 'red'
}
