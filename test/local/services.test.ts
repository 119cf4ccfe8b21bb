import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulators, type Emulators } from '../../local/emulators.ts'
import { openLedger } from '../../local/ledger.ts'
import { createServices } from '../../local/services.ts'
import { readSettings } from '../../local/settings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let emulators: Emulators
let services: ReturnType<typeof createServices>
const ledger = openLedger(':memory:')

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

const page = async () => (await services.request('/')).text()

describe('the services page', () => {
  it('shows the mailbox, payments, jobs, users and faults', async () => {
    const html = await page()
    for (const id of ['mailbox', 'stripe', 'jobs', 'identity', 'faults']) {
      expect(html.match(new RegExp(`<section class="panel" id="${id}">`, 'g'))).toHaveLength(1)
    }
  })

  it('shows a job with its state and its last error as text', async () => {
    await database.pglite.query(
      `insert into jobs (id, kind, state, attempts, last_error, finished_at)
       values ('stripe:evt_1', 'sync_order', 'dead', 10, '<b>bang</b>', now())`,
    )
    const html = await page()
    expect(html).toContain('<code>stripe:evt_1</code>')
    expect(html).toContain('<span class="state dead">dead</span>')
    expect(html).toContain('&lt;b&gt;bang&lt;/b&gt;')
  })

  it('sets and ends faults by its buttons', async () => {
    const press = (fields: Record<string, string>) =>
      services.request('/people/faults', { method: 'POST', body: new URLSearchParams(fields) })
    const answer = await press({ service: 'stripe', count: '3', mode: 'timeout' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/#faults'])
    expect(await page()).toContain('stripe: the next 3 requests end in timeout')
    await press({ service: 'stripe', count: '3', end: '500' })
    expect(await page()).toContain('Nothing is set to go wrong.')
  })
})

describe('GET /stats.json', () => {
  it('counts what the store asks of each vendor, and nothing else', async () => {
    await services.request('/sql', { method: 'POST' })
    await services.request('/v1/refunds')
    await services.request('/v1/checkout/sessions/cs_1')
    await services.request('/emails', { method: 'POST' })
    await services.request('/mail.json')
    expect(await (await services.request('/stats.json')).json()).toEqual({ sql: 1, stripe: 2, emails: 1 })
    emulators.stats.reset()
    expect(await (await services.request('/stats.json')).json()).toEqual({ sql: 0, stripe: 0, emails: 0 })
  })
})
