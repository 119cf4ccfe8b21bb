import { describe, expect, it } from 'vitest'
import { type Config, type Environment, readConfig } from '../../adapters/config.ts'
import { Misconfigured } from '../../shop/errors.ts'

const LONG = 'x'.repeat(32)
const VALID: Environment = {
  SITE_URL: 'https://shop.example.com/',
  NETLIFY_DATABASE_URL: 'postgres://u:p@db.example/till',
  STRIPE_SECRET_KEY: 'rk_test_0123456789',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef0123456789',
  RESEND_API_KEY: 're_0123_456789',
  RESEND_WEBHOOK_SECRET: 'whsec_0123456789abcdef0123456789abcdef',
  EMAIL_FROM: 'North Window <shop@example.com>',
  DOWNLOAD_TOKEN_SECRET: LONG,
  JOB_POKE_SECRET: LONG,
}

/** What a setting reads, by the variable it is read from. */
const READERS: Record<string, (config: Config) => unknown> = {
  SITE_URL: (config) => config.siteUrl,
  NETLIFY_DATABASE_URL: (config) => config.databaseUrl,
  STRIPE_SECRET_KEY: (config) => config.stripeKey,
  STRIPE_WEBHOOK_SECRET: (config) => config.stripeWebhookSecrets,
  RESEND_API_KEY: (config) => config.resendKey,
  RESEND_WEBHOOK_SECRET: (config) => config.resendWebhookSecrets,
  EMAIL_FROM: (config) => config.emailFrom,
  DOWNLOAD_TOKEN_SECRET: (config) => config.tokenSecrets,
  JOB_POKE_SECRET: (config) => config.pokeSecrets,
  NEON_SQL_ENDPOINT: (config) => config.sqlEndpoint,
  STRIPE_API_BASE: (config) => config.stripeApiBase,
  RESEND_BASE_URL: (config) => config.resendBaseUrl,
}

const REQUIRED = Object.keys(VALID)
const read = (name: string, value: string | undefined) => READERS[name]?.(readConfig({ ...VALID, [name]: value }))

function refusalOf(name: string, value: string | undefined): string {
  try {
    read(name, value)
  } catch (error) {
    expect(error).toBeInstanceOf(Misconfigured)
    return (error as Misconfigured).message
  }
  throw new Error(`${name} was accepted`)
}

describe('readConfig', () => {
  it.each(REQUIRED)('names %s when it is missing, blank or a slip of the shell, and says where to get it', (name) => {
    for (const value of [undefined, '', '   ', '\n', 'undefined', 'null', ' undefined ']) {
      const message = refusalOf(name, value)
      expect(message.startsWith(`${name} is not set. `)).toBe(true)
      expect(message).toContain('Where to get it: ')
    }
  })

  it.each([
    ['SITE_URL', 'hunter2.example'],
    ['SITE_URL', 'ftp://hunter2.example'],
    ['SITE_URL', 'javascript:alert(1)'],
    ['NETLIFY_DATABASE_URL', 'mysql://u:hunter2@db.example/till'],
    ['NETLIFY_DATABASE_URL', 'db.example hunter2'],
    ['STRIPE_SECRET_KEY', 'pk_live_hunter2'],
    ['STRIPE_SECRET_KEY', 'sk_hunter2'],
    ['STRIPE_SECRET_KEY', 'sk_test_hunter2,sk_test_hunter3'],
    ['STRIPE_WEBHOOK_SECRET', 'short'],
    ['STRIPE_WEBHOOK_SECRET', 'x'.repeat(31)],
    ['RESEND_WEBHOOK_SECRET', 'x'.repeat(31)],
    ['RESEND_WEBHOOK_SECRET', `${LONG},hunter2`],
    ['STRIPE_WEBHOOK_SECRET', `${LONG},`],
    ['STRIPE_WEBHOOK_SECRET', `${LONG},undefined`],
    ['STRIPE_WEBHOOK_SECRET', `${LONG},hunter2`],
    ['RESEND_API_KEY', 'hunter2'],
    ['EMAIL_FROM', 'shop at example.com'],
    ['EMAIL_FROM', 'hunter2'],
    ['EMAIL_FROM', 'shop@example.com\r\nBcc: all@example.com'],
    ['DOWNLOAD_TOKEN_SECRET', 'x'.repeat(31)],
    ['DOWNLOAD_TOKEN_SECRET', `${LONG},hunter2`],
    ['JOB_POKE_SECRET', 'x'.repeat(31)],
    ['JOB_POKE_SECRET', `,${LONG}`],
    ['NEON_SQL_ENDPOINT', 'hunter2:8889/sql'],
    ['STRIPE_API_BASE', 'hunter2'],
    ['RESEND_BASE_URL', 'file:///etc/hunter2'],
  ])('names %s when it is %j, and never repeats the value', (name, value) => {
    const message = refusalOf(name, value)
    expect(message.startsWith(`${name} `)).toBe(true)
    for (const part of [value, 'hunter2', LONG, 'x'.repeat(31)]) expect(message).not.toContain(part)
  })

  it.each([
    ['SITE_URL', 'https://shop.example.com/', 'https://shop.example.com'],
    ['SITE_URL', ' https://shop.example.com ', 'https://shop.example.com'],
    ['SITE_URL', 'https://shop.example.com/store/?a=1', 'https://shop.example.com'],
    ['SITE_URL', 'http://localhost:8888', 'http://localhost:8888'],
    ['NETLIFY_DATABASE_URL', 'postgresql://u:p@db/till', 'postgresql://u:p@db/till'],
    ['STRIPE_SECRET_KEY', 'sk_live_1', 'sk_live_1'],
    [
      'STRIPE_WEBHOOK_SECRET',
      ` ${LONG} , whsec_0123456789abcdef0123456789`,
      [LONG, 'whsec_0123456789abcdef0123456789'],
    ],
    ['EMAIL_FROM', 'shop@example.com', 'shop@example.com'],
    ['DOWNLOAD_TOKEN_SECRET', `${LONG},${LONG}y`, [LONG, `${LONG}y`]],
    ['JOB_POKE_SECRET', LONG, [LONG]],
    ['NEON_SQL_ENDPOINT', undefined, undefined],
    ['NEON_SQL_ENDPOINT', ' ', undefined],
    ['NEON_SQL_ENDPOINT', 'http://localhost:8889/sql', 'http://localhost:8889/sql'],
    ['STRIPE_API_BASE', 'http://localhost:8889/', 'http://localhost:8889'],
    ['RESEND_BASE_URL', 'http://localhost:8889', 'http://localhost:8889'],
  ])('reads %s from %j', (name, value, expected) => {
    expect(read(name, value)).toEqual(expected)
  })

  it('complains about nothing before it is read: a shop without mail still sells', () => {
    expect(readConfig({ SITE_URL: 'https://shop.example.com' }).siteUrl).toBe('https://shop.example.com')
  })

  it.each([
    [['DATABASE_URL', 'NETLIFY_DB_URL', 'NETLIFY_DATABASE_URL'], 'DATABASE_URL'],
    [['NETLIFY_DB_URL', 'NETLIFY_DATABASE_URL'], 'NETLIFY_DB_URL'],
    [['NETLIFY_DATABASE_URL'], 'NETLIFY_DATABASE_URL'],
  ])('of %j prefers %s', (names, winner) => {
    const env = Object.fromEntries(names.map((name) => [name, `postgres://u:p@${name.toLowerCase()}/till`]))
    expect(readConfig(env).databaseUrl).toContain(winner.toLowerCase())
  })

  it('passes over a blank database variable, and blames the one that is set but malformed', () => {
    expect(readConfig({ ...VALID, DATABASE_URL: ' ' }).databaseUrl).toBe(VALID.NETLIFY_DATABASE_URL)
    expect(() => readConfig({ ...VALID, DATABASE_URL: 'hunter2' }).databaseUrl).toThrow(/^DATABASE_URL is not a/)
  })
})

const BUCKET: Environment = {
  FILES_S3_ENDPOINT: 'https://s3.eu-central-1.amazonaws.com/',
  FILES_S3_BUCKET: 'north-window-files',
  FILES_S3_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  FILES_S3_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

describe('readConfig, the bucket', () => {
  const bucketOf = (changes: Environment) => readConfig({ ...BUCKET, ...changes }).filesS3

  it('derives region and style from the endpoint', () => {
    expect(bucketOf({})).toEqual({
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      bucket: 'north-window-files',
      style: 'virtual',
      region: 'eu-central-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: BUCKET.FILES_S3_SECRET_ACCESS_KEY,
    })
    expect(bucketOf({ FILES_S3_ENDPOINT: 'https://a.r2.cloudflarestorage.com' })).toMatchObject({
      region: 'auto',
      style: 'path',
    })
    expect(bucketOf({ FILES_S3_ENDPOINT: 'http://localhost:8889/s3/' }).endpoint).toBe('http://localhost:8889/s3')
    expect(bucketOf({ FILES_S3_REGION: ' ', FILES_S3_STYLE: '' })).toMatchObject({
      region: 'eu-central-1',
      style: 'virtual',
    })
  })

  it('takes region and style that are set', () => {
    const set = { FILES_S3_REGION: 'eu-west-1', FILES_S3_STYLE: 'path' }
    expect(bucketOf(set)).toMatchObject({ region: 'eu-west-1', style: 'path' })
  })

  it.each(Object.keys(BUCKET))('names %s when it is missing', (name) => {
    for (const value of [undefined, '', ' ', 'undefined'])
      expect(() => bucketOf({ [name]: value })).toThrow(new RegExp(`^${name} is not set\\. `))
  })

  it.each([
    ['FILES_S3_ENDPOINT', 's3.hunter2.example'],
    ['FILES_S3_ENDPOINT', 'https://s3.example.com/?key=hunter2'],
    ['FILES_S3_ENDPOINT', 'https://s3.example.com/#hunter2'],
    ['FILES_S3_ENDPOINT', 'https://key:hunter2@s3.example.com'],
    ['FILES_S3_BUCKET', 'hunter2/files'],
    ['FILES_S3_BUCKET', '../hunter2'],
    ['FILES_S3_BUCKET', 'h2'],
    ['FILES_S3_ACCESS_KEY_ID', 'hunter2 hunter2'],
    ['FILES_S3_SECRET_ACCESS_KEY', 'hunter2'],
    ['FILES_S3_SECRET_ACCESS_KEY', 'hunter2 hunter2'],
    ['FILES_S3_REGION', 'hunter2/eu'],
    ['FILES_S3_STYLE', 'hunter2'],
  ])('names %s when it is %j, and never repeats the value', (name, value) => {
    expect(() => bucketOf({ [name]: value })).toThrow(new RegExp(`^${name} (?!.*hunter2)`, 's'))
  })
})

describe('readConfig, a bucket whose name goes into the host', () => {
  const asking = (changes: Environment) => () =>
    readConfig({ ...BUCKET, FILES_S3_STYLE: 'virtual', ...changes }).filesS3

  it.each([
    ['http://127.0.0.1:9000', 'north-window-files'],
    ['http://[::1]:9000', 'north-window-files'],
    ['https://s3.example.com', 'North-Window'],
  ])('is refused where the host cannot hold it, and would lead elsewhere: %s, %s', (endpoint, bucket) => {
    const changes = { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket }
    expect(asking(changes)).toThrow(/^FILES_S3_STYLE must be `path`/)
    expect(asking({ ...changes, FILES_S3_STYLE: 'path' })()).toMatchObject({ style: 'path', bucket })
  })

  it('is not put there twice', () => {
    const changes = { FILES_S3_ENDPOINT: 'https://north-window-files.s3.eu-central-1.amazonaws.com' }
    expect(asking(changes)).toThrow(/^FILES_S3_ENDPOINT names the bucket already/)
  })
})

describe("readConfig, Netlify's Blobs from the seller's machine", () => {
  const TOKEN = { NETLIFY_SITE_ID: ' site ', NETLIFY_AUTH_TOKEN: 'nfp_1' }

  it('uses the token where nothing brings Blobs along', () => {
    expect(readConfig(TOKEN).blobsAccess).toEqual({ siteID: 'site', token: 'nfp_1' })
  })

  it('leaves a function, a build and the local platform to the Blobs that they have', () => {
    expect(readConfig({ ...TOKEN, NETLIFY_BLOBS_CONTEXT: 'e30=' }).blobsAccess).toBeUndefined()
  })

  it.each(Object.keys(TOKEN))('uses neither without %s', (name) => {
    expect(readConfig({ ...TOKEN, [name]: ' ' }).blobsAccess).toBeUndefined()
  })
})
