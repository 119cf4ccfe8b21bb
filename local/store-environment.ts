import type { Environment } from '../adapters/config.ts'
import { VARIABLES } from '../adapters/variables.ts'
import shop from '../shop.config.ts'
import { localBucketKey, localBucketSettings } from './s3/local-bucket.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

/** What a machine gives every process; everything else of the person's environment stays outside of the store. */
const SYSTEM = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG']
/** The platform brings its own Blobs: a token for the deployed shop's has no business here. */
const VARIABLES_OF_SHOP = Object.entries(VARIABLES).flatMap(([name, { readers }]) =>
  readers === 'command line' ? [] : [name],
)
const DATABASES = ['DATABASE_URL', 'NETLIFY_DB_URL', 'NETLIFY_DATABASE_URL'] as const

/**
 * The environment of functions, of the build and of commands: what a Netlify function would have, and no more, so that what
 * works here does not lean on the terminal. What the person has set wins over every default.
 */
export function storeEnvironment(settings: Settings, secrets: Secrets): Record<string, string> {
  const { env, siteUrl } = settings
  const platform = { URL: siteUrl, SITE_NAME: 'till', SITE_ID: 'local', TZ: 'UTC' }
  const set = pick(env, [...SYSTEM, ...VARIABLES_OF_SHOP, ...DATABASES])
  return { ...defaults(settings, secrets), ...platform, ...set }
}

/** The address that the local database answers to: that which the functions will use. */
export function databaseUrlOf(env: Environment): string {
  const url = DATABASES.map((name) => env[name]).find(Boolean)
  if (!url) throw new Error('no database is configured')
  return url
}

function defaults({ env, siteUrl, servicesUrl }: Settings, secrets: Secrets): Record<string, string> {
  return {
    SITE_URL: siteUrl,
    NETLIFY_DATABASE_URL: `postgres://till:${secrets.databasePassword}@localhost/till`,
    NEON_SQL_ENDPOINT: `${servicesUrl}/sql`,
    STRIPE_SECRET_KEY: secrets.stripeKey,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    RESEND_API_KEY: secrets.resendKey,
    RESEND_WEBHOOK_SECRET: secrets.resendWebhookSecret,
    EMAIL_FROM: `"${shop.name.replace(/["\\<>]/g, '')}" <shop@example.com>`,
    DOWNLOAD_TOKEN_SECRET: secrets.downloadTokenSecret,
    JOB_POKE_SECRET: secrets.jobPokeSecret,
    NETLIFY_BUILD_HOOK_URL: `${servicesUrl}/build_hooks/${secrets.buildHookId}`,
    // A bucket of the person's own has nothing to do with ours.
    ...(Object.keys(env).some((name) => name.startsWith('FILES_S3_'))
      ? {}
      : localBucketSettings(servicesUrl, localBucketKey(secrets.blobsToken))),
    // A key of the person's own is for the vendor itself. Stripe's events then reach the store by
    // `stripe listen --forward-to localhost:8888/stripe_webhook`, which prints the STRIPE_WEBHOOK_SECRET to set.
    ...(env.STRIPE_SECRET_KEY ? {} : { STRIPE_API_BASE: servicesUrl }),
    ...(env.RESEND_API_KEY ? {} : { RESEND_BASE_URL: servicesUrl }),
  }
}

function pick(env: Environment, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
