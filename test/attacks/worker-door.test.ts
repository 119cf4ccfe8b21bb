import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Context } from '@netlify/functions'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { verifyPoke } from '../../adapters/poke-signature.ts'
import { POKE_HEADER } from '../../adapters/waker.ts'
import runJobs from '../../functions/run_jobs-background.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'

let platform: TestPlatform
let warned: MockInstance
let job = ''

beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform.close())
beforeEach(async () => {
  warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await platform.rows('delete from jobs')
  job = await dueJob()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A job that a worker would take at once, and that is soon done: nothing is known at Stripe under its payment. */
async function dueJob(): Promise<string> {
  const id = `stripe:evt_${crypto.randomUUID()}`
  await platform.rows(
    `insert into jobs (id, kind, payload) values ($1, 'sync_order', '{"stripe_payment_intent_id":"pi_1"}')`,
    [id],
  )
  return id
}

const stateOf = async (id: string) =>
  (
    await platform.rows<{ state: string; fence: string }>(
      'select state, attempts, fence::text from jobs where id = $1',
      [id],
    )
  )[0]
const untouched = { state: 'open', attempts: 0, fence: '0' }
const refusals = () =>
  warned.mock.calls.map(([line]) => JSON.parse(String(line))).filter(({ event }) => event === 'background_refused')

function knock(signature: string | null, method = 'POST'): Promise<Response> {
  const headers = signature === null ? {} : { [POKE_HEADER]: signature }
  const request = new Request(`${platform.siteUrl}/.netlify/functions/run_jobs-background`, { method, headers })
  const context = { requestId: 'req_test', deploy: { context: 'production' }, waitUntil: () => undefined }
  return runJobs(request, context as unknown as Context)
}

function poke({ secondsAgo = 0, secret = process.env.JOB_POKE_SECRET ?? '' } = {}): string {
  const at = Math.floor(Date.now() / 1000) - secondsAgo
  return `t=${at},v1=${createHmac('sha256', secret).update(`till-poke.${at}`).digest('hex')}`
}

describe('the worker’s door', () => {
  it.each<[string, () => string | null, string]>([
    ['no poke', () => null, 'POST'],
    ['an empty one', () => '', 'POST'],
    ['nonsense', () => 'foo', 'POST'],
    ['a stranger’s', () => poke({ secret: 'x'.repeat(44) }), 'POST'],
    ['one of 62 s ago', () => poke({ secondsAgo: 62 }), 'POST'],
    ['one of 62 s ahead', () => poke({ secondsAgo: -62 }), 'POST'],
    ['a good one with a letter changed', () => poke().replace(/.$/, (last) => (last === '0' ? '1' : '0')), 'POST'],
    ['a good one of another time', () => poke().replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000) - 5}`), 'POST'],
    ['two good ones', () => `${poke()}, ${poke()}`, 'POST'],
    ['a good one by GET', poke, 'GET'],
    ['a good one by HEAD', poke, 'HEAD'],
  ])('I1 takes no job for %s, and notes the stranger', async (_what, signature, method) => {
    const answer = await knock(signature(), method)
    expect([answer.status, await answer.text()]).toEqual([403, ''])
    expect(await stateOf(job)).toMatchObject(untouched)
    expect(await platform.rows('select 1 from worker_slots where lease_until > now()')).toEqual([])
    expect(refusals()).toHaveLength(1)
  })

  it('I1 compares digests, in a time that does not tell where they differ', () => {
    expect(String(verifyPoke)).toContain('timingSafeEqual')
    expect(String(verifyPoke)).not.toMatch(/given\s*[=!]==|[=!]==\s*(given|digest)/)
  })

  it('I1 works for a poke of ours', async () => {
    expect((await knock(poke({ secondsAgo: 55 }))).status).toBe(202)
    expect(await stateOf(job)).toMatchObject({ state: 'done' })
    expect(refusals()).toEqual([])
  })

  it('I2 lets two of 100 good pokes work at once; the others go home while those are still at it', async () => {
    // A machine that is busy enough keeps a worker from leaving its mark in time, which it says and goes on.
    expectErrors()
    for (let i = 1; i < 22; i++) await dueJob()
    const stripe = await holdStripe()
    const statuses: number[] = []
    const working = new Set<Promise<void>>()
    for (let group = 0; group < 10; group++) {
      for (let i = 0; i < 10; i++) {
        const one = knock(poke()).then(({ status }) => void statuses.push(status))
        working.add(one)
        void one.then(() => working.delete(one))
      }
      await expect.poll(() => working.size, { timeout: 60_000 }).toBe(2)
    }
    const slots = await platform.rows<{ holder: string }>('select holder from worker_slots where lease_until > now()')
    const leased = await platform.rows("select 1 from jobs where state = 'open' and lease_until > now()")
    expect([new Set(slots.map(({ holder }) => holder)).size, leased.length, statuses.length]).toEqual([2, 20, 98])
    stripe.release()
    await Promise.all(working)
    expect(statuses).toEqual(Array(100).fill(202))
    const ends = "select state, max(attempts) as most from jobs where kind = 'sync_order' group by state"
    expect(await platform.rows(ends)).toEqual([{ state: 'done', most: 1 }])
    await stripe.close()
  })
})

/** Puts somebody in front of Stripe who passes nothing on until `release` is called. */
async function holdStripe() {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = createServer(async ({ url, headers }, response) => {
    await released
    const authorization = headers.authorization ?? ''
    const answer = await fetch(platform.servicesUrl + url, { headers: { authorization } })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  vi.stubEnv('STRIPE_API_BASE', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const close = async () => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { release, close }
}
