import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPace } from '../../adapters/pace.ts'
import { createPayments } from '../../adapters/stripe.ts'
import { answeringServer, type Reply } from '../adapters/answering-server.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, click } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.faults.put({ service: 'stripe', mode: '500', count: 0 })
  await stage.work()
  sessionId = await buy(stage, 'book')
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }
const NOTHING = { orders: [], receipts: 0, files: 0 }
const waits = async () =>
  (
    await stage.rows<{ attempts: number; deferrals: number; seconds: number }>(
      `select attempts, deferrals, extract(epoch from due_at - now())::float8 as seconds from jobs
       where payload ->> 'stripe_session_id' = $1 and state = 'open'`,
      [sessionId],
    )
  )[0]

/** A shift during which Stripe gives these answers instead of its own. */
async function workAgainst(...replies: Reply[]) {
  await using vendor = await answeringServer(...replies)
  const app = stage.app()
  const settings = { key: 'sk_test_1', apiBase: vendor.origin, webhookSecrets: () => [] }
  Object.defineProperty(app, 'payments', { value: createPayments(settings) })
  await stage.workWith(app)
}

describe('Stripe, while an order is fulfilled,', () => {
  it.each<[string, Reply]>([
    ['500', { status: 500, body: { error: { type: 'api_error', message: 'down' } } }],
    ['502 with a page', { status: 502, body: '<html>bad gateway</html>', headers: { 'content-type': 'text/html' } }],
    ['a hang-up', 'reset'],
    ['half an answer', { status: 200, body: '{"id":"cs_te' }],
  ])('F25 (%s) costs no attempt: nothing is written, the job waits and then makes its order', async (_what, reply) => {
    expectErrors()
    await workAgainst(reply)
    expect(await stage.outcome(sessionId)).toEqual(NOTHING)
    expect(await waits()).toMatchObject({ attempts: 0, deferrals: 1 })
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F25 that stays away is asked after at most ten minutes, however long it lasts', async () => {
    expectErrors()
    await stage.rows(`update jobs set deferrals = 200 where payload ->> 'stripe_session_id' = $1`, [sessionId])
    await workAgainst('reset')
    const { seconds = 0 } = (await waits()) ?? {}
    expect(seconds).toBeGreaterThan(290)
    expect(seconds).toBeLessThanOrEqual(600)
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F26 (429) is not asked again before the time that it names', async () => {
    expectErrors()
    await workAgainst({ status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '77' } })
    const { seconds = 0, ...rest } = (await waits()) ?? {}
    expect([rest, seconds > 75 && seconds < 80]).toEqual([{ attempts: 0, deferrals: 1 }, true])
  })

  it('F26 is asked by one background call at most every 300 ms, repeats included', async () => {
    let calls = 0
    const pauses: number[] = []
    const pause = async (ms: number) => pauses.push(ms)
    const vendor = new Hono().all('*', () => {
      calls += 1
      return Response.json({ error: { type: 'api_error' } }, { status: 500 })
    })
    const fetching = (url: unknown, init: unknown) =>
      Promise.resolve(vendor.request(url as string, init as RequestInit))
    const pace = createPace(300, { now: () => 1_000, pause })
    const settings = { key: 'sk_test_1', apiBase: 'http://stripe.example', webhookSecrets: () => [] }
    const payments = createPayments({ ...settings, fetch: fetching as typeof fetch, pace })
    await Promise.allSettled([1, 2].map(() => payments.readSession('cs_test_x')))
    expect([calls, pauses]).toEqual([4, [300, 600, 900]])
  })

  it.each([401, 403])(
    'F27 (%i) parks the job without counting it, and tells the seller at once, one time',
    async (status) => {
      expectErrors()
      const told = (await stage.notices('seller_key_refused')).length
      const refusal: Reply = { status, body: { error: { type: 'invalid_request_error', message: 'revoked' } } }
      await workAgainst(refusal)
      const { seconds = 0, ...rest } = (await waits()) ?? {}
      expect([rest, seconds > 295 && seconds <= 600]).toEqual([{ attempts: 0, deferrals: 1 }, true])
      await stage.dueNow()
      await workAgainst(refusal)
      const notices = await stage.notices('seller_key_refused')
      expect([told, notices.length]).toEqual([status === 401 ? 0 : 1, 1])
      expect(notices[0]?.text).toContain("Stripe no longer takes the shop's key")
      await stage.dueNow()
      await stage.work()
      expect(await stage.outcome(sessionId)).toEqual(ONCE)
    },
  )

  it('F28 that does not know the session is asked three times; then the job is dead and the seller told', async () => {
    expectErrors()
    await stage.completed('cs_test_unknown', 'evt_unknown')
    for (let i = 1; i <= 3; i++) {
      expect(await stage.job('stripe:evt_unknown')).toMatchObject({ state: 'open', attempts: i - 1 })
      await stage.dueNow()
      await stage.work()
    }
    expect(await stage.job('stripe:evt_unknown')).toMatchObject({ state: 'dead', attempts: 3 })
    expect(await stage.notices('seller_dead_job:stripe:evt_unknown')).toHaveLength(1)
  })

  it('F39 whose key is rotated in the middle of a job finishes it with the new one', async () => {
    expectErrors()
    await workAgainst({ status: 401, body: { error: { message: 'expired key' } } })
    expect(await stage.outcome(sessionId)).toEqual(NOTHING)
    process.env.STRIPE_SECRET_KEY = 'rk_test_theNewOne1'
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})

describe('Stripe, when a buyer clicks,', () => {
  it.each(['500', 'reset'] as const)(
    'F29 (%s) gives a friendly 503, no partial row, and later the same session',
    async (mode) => {
      expectErrors()
      const first = await click(stage, 'print')
      const cookie = first.answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      await stage.store.settled()
      const before = await stage.count('checkouts')
      stage.faults.put({ service: 'stripe', mode, count: 9, path: '/v1/checkout/sessions' })
      const { answer } = await click(stage, 'book', { cookie })
      expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 30])
      expect(await answer.text()).toMatch(/<!doctype html>[\s\S]*not been charged/i)
      await stage.store.settled()
      expect(await stage.count('checkouts')).toBe(before)
      stage.faults.put({ service: 'stripe', mode, count: 0 })
      stage.faults.put({ service: 'stripe', mode: 'accept_then_reset', count: 1, path: '/v1/checkout/sessions' })
      const sessions = () => stage.ledger.list('stripe.sessions').length
      const known = sessions()
      const again = await click(stage, 'book', { cookie })
      expect([again.answer.status, sessions()]).toEqual([303, known + 1])
    },
  )
})
