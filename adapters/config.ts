import { Misconfigured } from '../shop/errors.ts'

export type Environment = Record<string, string | undefined>

type Variable = { what: string; where: string; example: string; readers: string }

/** Every variable that Till reads, in the order of docs/ENVIRONMENT.md, which a test holds against this table. */
export const VARIABLES = {
  SITE_URL: {
    what: "The shop's public address, without a slash at the end",
    where: 'your domain, or the address under Project configuration → Domain management',
    example: 'https://shop.example.com',
    readers: 'build and functions',
  },
  NETLIFY_DATABASE_URL: {
    what: 'Connection string of the Neon database; `DATABASE_URL` and `NETLIFY_DB_URL` come first if they are set',
    where: 'Neon console → Connect, or set by Netlify itself',
    example: 'postgres://user:password@ep-name-pooler.eu-central-1.aws.neon.tech/till',
    readers: 'build and functions',
  },
  NEON_SQL_ENDPOINT: {
    what: "Where the Neon driver sends its statements; leave it unset to use the database's own host",
    where: 'set by `npm start` for the local database',
    example: 'http://localhost:8889/sql',
    readers: 'build and functions',
  },
  STRIPE_SECRET_KEY: {
    what: 'Restricted Stripe key with the permissions that docs/DEPLOY.md lists',
    where: 'Stripe dashboard → Developers → API keys',
    example: 'rk_live_…',
    readers: 'functions',
  },
  STRIPE_WEBHOOK_SECRET: {
    what: 'Signing secret of the webhook endpoint; current and previous, separated by a comma, while it is being rolled',
    where: 'Stripe dashboard → Developers → Webhooks → your endpoint',
    example: 'whsec_…',
    readers: 'functions',
  },
  STRIPE_API_BASE: {
    what: "Address of Stripe's API; leave it unset for Stripe itself",
    where: 'set by `npm start` for the local emulator',
    example: 'http://localhost:8889',
    readers: 'functions',
  },
  RESEND_API_KEY: {
    what: 'Key that sends mail',
    where: 'Resend dashboard → API keys, with sending access only',
    example: 're_…',
    readers: 'functions',
  },
  RESEND_BASE_URL: {
    what: "Address of Resend's API; leave it unset for Resend itself",
    where: 'set by `npm start` for the local emulator',
    example: 'http://localhost:8889',
    readers: 'functions',
  },
  EMAIL_FROM: {
    what: 'Sender of all mails, on a domain that Resend has verified',
    where: 'Resend dashboard → Domains',
    example: 'North Window <shop@example.com>',
    readers: 'functions',
  },
  DOWNLOAD_TOKEN_SECRET: {
    what: 'Signs download links and the links in receipts; at least 32 random characters; the first signs, all verify',
    where: '`openssl rand -base64 32`',
    example: 'a random text of 44 characters',
    readers: 'functions',
  },
  JOB_POKE_SECRET: {
    what: 'Signs the pokes that wake the workers; at least 32 random characters; the first signs, all verify',
    where: '`openssl rand -base64 32`',
    example: 'a random text of 44 characters',
    readers: 'functions',
  },
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof VARIABLES | 'DATABASE_URL' | 'NETLIFY_DB_URL'

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
      return secrets(env, 'STRIPE_WEBHOOK_SECRET', 16)
    },
    get stripeApiBase() {
      return optionalAddress(env, 'STRIPE_API_BASE')
    },
    get resendKey() {
      return matching(env, 'RESEND_API_KEY', /^re_\w+$/)
    },
    get resendBaseUrl() {
      return optionalAddress(env, 'RESEND_BASE_URL')
    },
    get emailFrom() {
      return matching(env, 'EMAIL_FROM', /^[^\r\n]*[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?$/)
    },
    get tokenSecrets() {
      return secrets(env, 'DOWNLOAD_TOKEN_SECRET', 32)
    },
    get pokeSecrets() {
      return secrets(env, 'JOB_POKE_SECRET', 32)
    },
  }
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

/** A comma-separated list of secrets, each at least `shortest` characters long. */
function secrets(env: Environment, name: VariableName, shortest: number): string[] {
  const list = present(env, name)
    .split(',')
    .map((secret) => secret.trim())
  if (list.every((secret) => secret.length >= shortest && secret !== 'undefined')) return list
  throw wrong(name, `must hold secrets of at least ${shortest} characters, separated by commas`)
}

function webAddress(env: Environment, name: VariableName): string {
  const value = present(env, name)
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw wrong(name, 'is not a web address')
  return new URL(value).origin
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
