import type { Context } from '@netlify/functions'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import go from '../../functions/go.ts'
import runJobs from '../../functions/run_jobs-background.ts'
import webhook from '../../functions/stripe_webhook.ts'
import sweepJobs from '../../functions/sweep_jobs.ts'
import { expectErrors } from '../support/quiet.ts'

const POKE = 'http://localhost:1/.netlify/functions/run_jobs-background'
const SECRETS = {
  SITE_URL: 'http://localhost:1',
  STRIPE_SECRET_KEY: 'sk_test_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef0123456789abcdef',
  JOB_POKE_SECRET: 'poke-secret-of-more-than-32-characters',
}
let said: string[]

beforeEach(() => {
  for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value)
  said = []
  for (const level of ['info', 'warn'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void said.push(line))
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** What console.error was told while `work` ran. */
async function errorsOf(work: () => Promise<unknown>): Promise<string> {
  expectErrors()
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  await work()
  return errors.mock.calls.flat().join('\n')
}

const context = (deploy = 'production') =>
  ({ requestId: 'req_1', params: { slug: 'book' }, deploy: { context: deploy } }) as unknown as Context
const post = (headers: Record<string, string> = {}) => new Request(POKE, { method: 'POST', headers })

describe('the worker’s door', () => {
  it.each<Record<string, string>>([{}, { 'x-till-poke': 't=1,v1=00' }, { 'x-till-poke': 'x'.repeat(5_000) }])(
    'notes a stranger in one short line, and reports no failure of ours',
    async (headers) => {
      expect((await runJobs(post(headers), context())).status).toBe(403)
      expect(said.map((line) => JSON.parse(line))).toMatchObject([{ level: 'warn', event: 'background_refused' }])
      expect(said[0]?.length).toBeLessThan(300)
    },
  )

  it.each(['deploy-preview', 'branch-deploy', 'dev'])('does no work on a copy of the shop (%s)', async (deploy) => {
    vi.stubEnv('SITE_URL', 'https://shop.example')
    for (const door of [runJobs, sweepJobs]) expect((await door(post(), context(deploy))).status).toBe(202)
    expect(said.map((line) => JSON.parse(line).event)).toEqual(['worker_refused', 'worker_refused'])
  })

  it('reports a missing address of the shop instead of ending without a word', async () => {
    vi.stubEnv('SITE_URL', '')
    const work = () => expect(sweepJobs(post(), context('deploy-preview'))).rejects.toThrow('SITE_URL is not set')
    expect(await errorsOf(work)).toContain('"event":"background_failed"')
  })
})

describe('a door without its variables', () => {
  it.each(['', '   ', 'undefined', 'short', ',', `${'x'.repeat(40)},`])(
    'answers 503 for %j as the webhook secret, naming the variable in the log and its value nowhere',
    async (value) => {
      vi.stubEnv('STRIPE_WEBHOOK_SECRET', value)
      const signed = { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` }
      const request = new Request('http://localhost:1/stripe_webhook', { method: 'POST', body: '{}', headers: signed })
      let answer = new Response()
      const errors = await errorsOf(async () => {
        answer = await webhook(request, context())
      })
      const text = await answer.text()
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
      expect(text).not.toContain('STRIPE_WEBHOOK_SECRET')
      expect(errors).toContain('STRIPE_WEBHOOK_SECRET')
      for (const secret of [SECRETS.STRIPE_SECRET_KEY, 'x'.repeat(40)]) expect(text + errors).not.toContain(secret)
    },
  )
})

describe('GET /go/:slug', () => {
  it('asks a browser that only prepares to come back', async () => {
    const request = new Request('http://localhost:1/go/book', { headers: { 'sec-purpose': 'prefetch;prerender' } })
    const answer = await go(request, context())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })
})
