import { Misconfigured } from '../shop/errors.ts'
import { hostFaultOf, regionOf, type S3Place, type S3Style, styleOf } from './s3-place.ts'
import { VARIABLES, type Variable, type VariableName } from './variables.ts'

export type Environment = Record<string, string | undefined>

/** The settings of one deployment. A value is checked when it is first read, so a shop whose mail is misconfigured still sells. */
export type Config = ReturnType<typeof readConfig>

/** Reads the environment; nothing else in Till does. @throws Misconfigured, on the getter, naming the variable and the remedy */
export function readConfig(env: Environment) {
  return {
    get siteUrl() {
      return webAddress(env, 'SITE_URL')
    },
    get databaseUrl() {
      return databaseUrl(env)
    },
    get sqlEndpoint() {
      return optionalAddress(env, 'NEON_SQL_ENDPOINT')
    },
    get stripeKey() {
      return matching(env, 'STRIPE_SECRET_KEY', /^(sk|rk)_(test|live)_\w+$/)
    },
    get stripeWebhookSecrets() {
      return secrets(env, 'STRIPE_WEBHOOK_SECRET')
    },
    get stripeApiBase() {
      return optionalAddress(env, 'STRIPE_API_BASE')
    },
    get resendKey() {
      return matching(env, 'RESEND_API_KEY', /^re_\w+$/)
    },
    get resendWebhookSecrets() {
      return secrets(env, 'RESEND_WEBHOOK_SECRET')
    },
    get resendBaseUrl() {
      return optionalAddress(env, 'RESEND_BASE_URL')
    },
    get emailFrom() {
      return matching(env, 'EMAIL_FROM', /^[^\r\n]*[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?$/)
    },
    get tokenSecrets() {
      return secrets(env, 'DOWNLOAD_TOKEN_SECRET')
    },
    get pokeSecrets() {
      return secrets(env, 'JOB_POKE_SECRET')
    },
    /** Undefined where nobody is asked for builds. */
    get buildHook() {
      const isGiven = env.NETLIFY_BUILD_HOOK_URL !== undefined
      return isGiven
        ? optionalAddress(
            { ...env, NETLIFY_BUILD_HOOK_URL: present(env, 'NETLIFY_BUILD_HOOK_URL') },
            'NETLIFY_BUILD_HOOK_URL',
          )
        : undefined
    },
    get filesS3() {
      return filesS3(env)
    },
    get blobsAccess() {
      return blobsAccess(env)
    },
  }
}

/** A bucket, and the key to it. */
export type S3Settings = S3Place & { region: string; accessKeyId: string; secretAccessKey: string }

function filesS3(env: Environment): S3Settings {
  const place = {
    endpoint: endpointAddress(env, 'FILES_S3_ENDPOINT'),
    bucket: matching(env, 'FILES_S3_BUCKET', /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/),
  }
  const given = (name: VariableName, form: RegExp) => (env[name]?.trim() ? matching(env, name, form) : undefined)
  const style = (given('FILES_S3_STYLE', /^(path|virtual)$/) as S3Style | undefined) ?? styleOf(place)
  const fault = hostFaultOf({ ...place, style })
  if (fault) throw wrong(fault.in, fault.why)
  return {
    ...place,
    style,
    region: given('FILES_S3_REGION', /^[a-z0-9-]{1,40}$/) ?? regionOf(place.endpoint),
    accessKeyId: matching(env, 'FILES_S3_ACCESS_KEY_ID', /^[\w.-]{3,128}$/),
    secretAccessKey: matching(env, 'FILES_S3_SECRET_ACCESS_KEY', /^\S{8,256}$/),
  }
}

/** Undefined where Netlify, or the local platform, gives a process its Blobs: a token of the seller's is for a machine that has none. */
function blobsAccess(env: Environment): { siteID: string; token: string } | undefined {
  const [siteID, token] = [env.NETLIFY_SITE_ID?.trim(), env.NETLIFY_AUTH_TOKEN?.trim()]
  return siteID && token && !env.NETLIFY_BLOBS_CONTEXT ? { siteID, token } : undefined
}

function present(env: Environment, name: VariableName): string {
  const value = env[name]?.trim()
  if (value && value !== 'undefined' && value !== 'null') return value
  throw wrong(name, 'is not set')
}

function matching(env: Environment, name: VariableName, form: RegExp): string {
  const value = present(env, name)
  if (form.test(value)) return value
  throw wrong(name, 'is malformed')
}

/** In characters, so at least as many bytes; what Stripe and Resend make is longer. */
const SHORTEST_SECRET = 32

/** A comma-separated list of secrets, each long enough. */
function secrets(env: Environment, name: VariableName): string[] {
  const list = present(env, name)
    .split(',')
    .map((secret) => secret.trim())
  if (list.every((secret) => secret.length >= SHORTEST_SECRET && secret !== 'undefined')) return list
  throw wrong(name, `must hold secrets of at least ${SHORTEST_SECRET} characters, separated by commas`)
}

function webAddress(env: Environment, name: VariableName): string {
  const value = present(env, name)
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw wrong(name, 'is not a web address')
  return new URL(value).origin
}

/** Some services have their bucket API below a path, so the path is kept. */
function endpointAddress(env: Environment, name: VariableName): string {
  const value = optionalAddress({ [name]: present(env, name) }, name) ?? ''
  const { origin, pathname, search, hash, username } = new URL(value)
  if (search || hash || username) throw wrong(name, 'must be an address without a query, a fragment or a user')
  return `${origin}${pathname}`.replace(/\/+$/, '')
}

function optionalAddress(env: Environment, name: VariableName): string | undefined {
  const value = env[name]?.trim()
  if (!value) return undefined
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw wrong(name, 'is not a web address')
  return value.replace(/\/$/, '')
}

/** `DATABASE_URL` is the seller's own choice and wins; Netlify sets one of the other two. */
function databaseUrl(env: Environment): string {
  const chosen = (['DATABASE_URL', 'NETLIFY_DB_URL'] as const).find((name) => env[name]?.trim())
  const name = chosen ?? 'NETLIFY_DATABASE_URL'
  const value = present(env, name)
  // The Neon driver would repeat a malformed address, password and all, in its error message.
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol))
    throw wrong(name, 'is not a postgres:// address')
  return value
}

function wrong(name: VariableName, complaint: string): Misconfigured {
  const known: Partial<Record<string, Variable>> = VARIABLES
  const { what, where, example } = known[name] ?? VARIABLES.NETLIFY_DATABASE_URL
  return new Misconfigured(`${name} ${complaint}. ${what}. Where to get it: ${where}. Example: ${example}`)
}
