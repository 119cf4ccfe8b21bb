import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSecrets, readSecrets } from '../../local/secrets.ts'
import { isLoopback, Refused, readSettings } from '../../local/settings.ts'
import { storeEnvironment } from '../../local/store-environment.ts'
import shop from '../../shop.config.ts'

const folder = mkdtempSync(join(tmpdir(), 'till-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const secrets = openSecrets(join(folder, 'secrets.json'))

describe('readSettings', () => {
  it('serves the store on 8888 and the services on the next port', () => {
    const { siteUrl, servicesUrl, folders } = readSettings({})
    expect([siteUrl, servicesUrl]).toEqual(['http://localhost:8888', 'http://localhost:8889'])
    expect(folders.root).toBe(join(process.cwd(), '.local'))
  })

  it.each(['0', '65535', 'abc', '80.5', '-1', '8888x'])('refuses the PORT %s', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(/^PORT must be a whole number/)
  })

  it.each([
    ['STRIPE_SECRET_KEY', 'sk_live_51Habc'],
    ['STRIPE_SECRET_KEY', 'rk_live_51Habc'],
    ['STRIPE_SECRET_KEY', 'sk_test_1, sk_live_51Habc'],
    ['MY_OTHER_KEY', 'sk_live_51Habc'],
  ])('refuses %s=%s without repeating it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(Refused)
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} holds a live Stripe key`))
    expect(() => readSettings({ [name]: value })).not.toThrow(/51Habc/)
  })

  it.each(['DATABASE_URL', 'NETLIFY_DB_URL', 'NETLIFY_DATABASE_URL'])('refuses a distant %s', (name) => {
    const value = 'postgres://me:hush@ep-cool.eu-central-1.aws.neon.tech/till'
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} leads to a database`))
    expect(() => readSettings({ [name]: value })).not.toThrow(/hush/)
  })

  it('refuses a distant NEON_SQL_ENDPOINT', () => {
    expect(() => readSettings({ NEON_SQL_ENDPOINT: 'https://api.neon.tech/sql' })).toThrow(Refused)
  })
})

describe('isLoopback', () => {
  it.each([
    'postgres://u:p@localhost/db',
    'http://127.0.0.1:1/sql',
    'postgres://u@[::1]:5432/db',
    'http://a.localhost',
  ])('takes %s', (url) => expect(isLoopback(url)).toBe(true))
  it.each([
    'postgres://localhost.example.com/db',
    'postgres://localhost,db.example.com/db',
    'postgres://localhost@db.example.com/db',
    'postgres://localhost/db?host=db.example.com',
    'postgres:///db',
    'http://127.example.com',
    'localhost',
    '',
  ])('refuses %j', (url) => expect(isLoopback(url)).toBe(false))
})

describe('storeEnvironment', () => {
  const environmentOf = (env: Record<string, string>) => storeEnvironment(readSettings(env), secrets)

  it('leads every vendor to the local services', () => {
    expect(environmentOf({ PORT: '4000' })).toMatchObject({
      SITE_URL: 'http://localhost:4000',
      NEON_SQL_ENDPOINT: 'http://localhost:4001/sql',
      STRIPE_API_BASE: 'http://localhost:4001',
      RESEND_BASE_URL: 'http://localhost:4001',
      EMAIL_FROM: `"${shop.name}" <shop@example.com>`,
      NETLIFY_DATABASE_URL: expect.stringMatching(/^postgres:\/\/till:[0-9a-f]{64}@localhost\/till$/),
    })
  })

  it('lets what is set win, and leads keys of the person to the vendor itself', () => {
    const env = environmentOf({ STRIPE_SECRET_KEY: 'sk_test_mine', SITE_URL: 'http://127.0.0.1:9' })
    expect(env).toMatchObject({ STRIPE_SECRET_KEY: 'sk_test_mine', SITE_URL: 'http://127.0.0.1:9' })
    expect(env).not.toHaveProperty('STRIPE_API_BASE')
    expect(env).toHaveProperty('RESEND_BASE_URL')
  })

  it("passes nothing else of the person's environment", () => {
    const env = environmentOf({ AWS_SECRET_ACCESS_KEY: 'x', CONTEXT: 'dev', NODE_ENV: 'test', PATH: '/bin' })
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['AWS_SECRET_ACCESS_KEY']))
    expect(env).toMatchObject({ PATH: '/bin', TZ: 'UTC' })
    expect([env.CONTEXT, env.NODE_ENV, env.PORT]).toEqual([undefined, undefined, undefined])
  })
})

describe('openSecrets', () => {
  it('makes them once, for the owner of the folder only', () => {
    const file = join(folder, 'secrets.json')
    expect(openSecrets(file)).toEqual(secrets)
    expect(readSecrets(file)).toEqual(secrets)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
  })

  it('makes them anew when a start was killed while it wrote them', () => {
    const file = join(folder, 'other.json')
    writeFileSync(`${file}.part`, '{"databasePass')
    expect(openSecrets(file)).toEqual(readSecrets(file))
    expect(readdirSync(folder)).not.toContain('other.json.part')
  })
})
