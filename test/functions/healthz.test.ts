import process from 'node:process'
import { getStore, setEnvironmentContext } from '@netlify/blobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCHEMA_VERSION } from '../../db/schema-version.ts'
import { VendorDown } from '../../shop/errors.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { answeringServer } from '../adapters/answering-server.ts'
import { withPort } from '../reconcile/stage.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const ask = (init?: RequestInit) => fetch(`${platform.siteUrl}/healthz`, init)
const told = async () => {
  const answer = await ask()
  return { code: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}
const store = () => getStore({ name: 'health', consistency: 'strong' })

describe('GET /healthz', () => {
  it('is red before the schedule has ever run, and says that nothing else is known', async () => {
    expect(await told()).toMatchObject({
      code: 503,
      status: 'red',
      last_sweep: { status: 'red', age_seconds: null },
      dead_jobs: { status: 'green', count: null },
      schema: { status: 'green', version: null },
    })
  })

  it('is green when the schedule runs and work is done', async () => {
    await buy(platform, 'book')
    await sweepJobs(platform.app())
    await platform.work()
    await platform.work()
    expect(await told()).toMatchObject({
      code: 200,
      status: 'green',
      oldest_due_job: { age_seconds: 0 },
      dead_jobs: { count: 0 },
      last_event: { age_seconds: expect.any(Number) },
      schema: { version: SCHEMA_VERSION },
    })
  })

  it('never asks the database, and is cached for ten seconds', async () => {
    const endpoint = process.env.NEON_SQL_ENDPOINT
    process.env.NEON_SQL_ENDPOINT = 'http://127.0.0.1:1/sql'
    const answer = await ask()
    process.env.NEON_SQL_ENDPOINT = endpoint
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=10')
    expect(answer.headers.get('netlify-cdn-cache-control')).toBe('public, max-age=10')
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect((await ask({ method: 'HEAD' })).status).toBe(200)
    expect((await ask({ method: 'POST' })).status).toBe(405)
  })

  it('tells nothing but ages and counts', async () => {
    const text = await (await ask()).text()
    const secrets = Object.entries(process.env).filter(([name]) => /KEY|SECRET|TOKEN|DATABASE|BLOBS/.test(name))
    for (const [, value = ''] of secrets) if (value.length > 8) expect(text).not.toContain(value)
    expect(text).not.toMatch(/@|cs_test|ord_|evt_|postgres/)
  })

  it('is red while a job is dead, and green again when it was redriven', async () => {
    expectErrors()
    await platform.rows("insert into jobs (id, kind, payload) values ('odd', 'send_email', '{\"email_id\":\"none\"}')")
    await platform.work()
    expect(await told()).toMatchObject({ code: 503, dead_jobs: { status: 'red', count: 1 } })
    await platform.rows("delete from jobs where id = 'odd'")
    await platform.rows("insert into jobs (id, kind, payload) values ('even', 'purge', '{}')")
    await platform.work()
    expect(await told()).toMatchObject({ code: 200, dead_jobs: { count: 0 } })
  })

  it('is red when somebody should have come to work long ago', async () => {
    const { waker } = platform.app()
    const mark = await waker.writeMark(new Date(Date.now() - 3_600_000))
    await sweepJobs(platform.app())
    expect(await told()).toMatchObject({ code: 503, oldest_due_job: { status: 'red' } })
    await waker.deleteMarks([mark])
    await sweepJobs(platform.app())
    expect((await told()).code).toBe(200)
  })

  it('takes a note that it cannot read for none', async () => {
    const before = await store().get('work', { type: 'text' })
    for (const text of ['{', '[]', 'null', '{"at":"yesterday"}']) {
      await store().set('work', text)
      expect(await told()).toMatchObject({ code: 200, dead_jobs: { count: null } })
    }
    await store().set('work', before ?? '')
  })

  it('answers 503 when the notes cannot be read, and work goes on without them', async () => {
    expectErrors()
    await using down = await answeringServer({ status: 500, body: '' })
    const context = process.env.NETLIFY_BLOBS_CONTEXT
    const url = { edgeURL: down.origin, uncachedEdgeURL: down.origin }
    setEnvironmentContext({ siteID: 'test', token: 'test-token', deployID: 'test', primaryRegion: 'us-east-2', ...url })
    const answer = await ask()
    process.env.NETLIFY_BLOBS_CONTEXT = context
    expect(answer.status).toBe(503)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const refuse = () => Promise.reject(new VendorDown('storage', 'simulated'))
    await sweepJobs(withPort(platform.app(), 'health', { read: refuse, writeWork: refuse, writeSweep: refuse }))
  })
})
