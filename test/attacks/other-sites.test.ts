import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulators, type Emulators } from '../../local/emulators.ts'
import { openLedger } from '../../local/ledger.ts'
import { createServices } from '../../local/services.ts'
import { readSettings } from '../../local/settings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const ledger = openLedger(':memory:')
let database: TestDatabase
let emulators: Emulators
let services: ReturnType<typeof createServices>

beforeAll(async () => {
  database = await createTestDatabase()
  const env = {
    NETLIFY_DATABASE_URL: database.connectionString,
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef0123456789abcdef',
  }
  const { pglite } = database
  emulators = createEmulators({ settings: readSettings({}), env, pglite, ledger, bucketSecret: 'not asked for' })
  const owner = { pid: 1, folder: '/data', blobsUrl: 'http://localhost:1' }
  services = createServices({ emulators, pglite, siteUrl: 'http://localhost:8888', owner })
})
afterAll(async () => {
  emulators.mail.stop()
  await emulators.stripe.stop()
  ledger.close()
  await database.close()
})

const WISH = { service: 'stripe', mode: '500', count: 1 }
const put = (headers: Record<string, string>) =>
  services.request('http://localhost:8889/faults', { method: 'PUT', body: JSON.stringify(WISH), headers })
const press = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  services.request('http://localhost:8889/people/faults', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  })
const faults = async () => (await (await services.request('http://localhost:8889/faults')).json()).faults

describe('the local services, seen from a page of another site', () => {
  it.each(['/mail.json', '/', '/owner.json', '/faults', '/v1/refunds'])(
    'keep %s from a name that was made to lead here',
    async (path) => {
      for (const host of ['evil.example:8889', 'localhost.evil.example:8889', '10.0.0.1:8889']) {
        const answer = await services.request(`http://${host}${path}`)
        expect([answer.status, await answer.text()]).toEqual([421, 'The local services answer to localhost only.'])
      }
    },
  )

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:8888' },
  ])('let no form or script of theirs set a fault (%j)', async (headers) => {
    expect((await press({ service: 'webhook', count: '1', mode: 'drop' }, headers)).status).toBe(403)
    expect((await put(headers)).status).toBe(403)
    expect((await services.request('/people/stripe/refund', { method: 'POST', headers })).status).toBe(403)
    expect(await faults()).toEqual([])
  })

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://localhost:8889' },
  ])('serve programs and their own page as ever (%j)', async (headers) => {
    expect((await put(headers)).status).toBe(200)
    expect(await faults()).toEqual([WISH])
    expect((await press({ service: 'stripe', end: '500' }, headers)).status).toBe(303)
    expect(await faults()).toEqual([])
  })

  it.each(['http://localhost:8889', 'http://127.0.0.1:8889', 'http://[::1]:8889'])('answer at %s', async (origin) => {
    const answer = await services.request(`${origin}/`)
    expect([answer.status, answer.headers.get('x-frame-options')]).toEqual([200, 'DENY'])
  })
})

describe('POST /people/faults', () => {
  it.each<Record<string, string>>([
    {},
    { service: 'stripe', mode: '418', count: '1' },
    { service: '__proto__', mode: '500', count: '1' },
    { service: 'stripe', mode: '500', count: 'many' },
    { service: 'stripe', mode: '500', count: '-1' },
  ])('refuses %j and sets nothing', async (fields) => {
    expect((await press(fields)).status).toBe(400)
    expect(await faults()).toEqual([])
  })

  it('refuses a body that is no form', async () => {
    const answer = await services.request('/people/faults', { method: 'POST', body: 'abc' })
    expect(answer.status).toBe(400)
  })
})
