import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Environment } from '../../adapters/config.ts'
import { isLoopback, namesDatabase } from '../../local/settings.ts'
import { UsageError } from './command.ts'

/** Which shop a command works on. */
export type Place = 'local' | 'production'

/** What `--env` was given; undefined when nothing was. @throws UsageError for anything else */
export function readPlace(text: string | boolean | undefined): Place | undefined {
  if (text === undefined || text === 'local' || text === 'production') return text
  throw new UsageError(`--env is local or production, not ${String(text)}.`)
}

/**
 * The variables of the deployed shop: those of the environment, and for what is not there those of a file that git ignores. Blobs of this
 * machine are left out, so that files go where the database is.
 * @throws UsageError when they do not lead to a deployed shop
 */
export function productionEnvironment(env: Environment, file = '.env.production'): Environment {
  const { NETLIFY_BLOBS_CONTEXT: _ours, ...given } = { ...readFile(file), ...env }
  if (!namesDatabase(given))
    throw new UsageError(
      `--env production needs the shop's variables, in the environment or in ${file}; NETLIFY_DATABASE_URL is not there.`,
    )
  const siteUrl = given.SITE_URL?.trim()
  if (!siteUrl || !URL.canParse(siteUrl) || isLoopback(siteUrl))
    throw new UsageError('--env production needs SITE_URL, and it must not lead to this machine.')
  return given
}

function readFile(file: string): Environment {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}
