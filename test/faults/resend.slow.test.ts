import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMailer } from '../../adapters/resend.ts'
import { answeringServer, type Reply } from '../adapters/answering-server.ts'
import { withPort } from '../reconcile/stage.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string
let orderId: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())

/** A paid order whose receipt is the only mail that waits. */
beforeEach(async () => {
  stage.faults.put({ service: 'resend', mode: '500', count: 0 })
  await stage.dueNow()
  await stage.work()
  sessionId = await buy(stage, 'book')
  await post(stage, '/get_entitlements', { session_id: sessionId })
  await stage.store.settled()
  orderId = (await stage.ordersOf(sessionId))[0]?.id ?? ''
  await stage.rows(`delete from jobs where id <> 'mail:receipt:' || $1 and state = 'open'`, [orderId])
  await stage.rows(`delete from emails where id = 'seller_sale:' || $1`, [orderId])
})

const jobId = () => `mail:receipt:${orderId}`
const receipts = async () => (await stage.receiptsOf(orderId)).length
const mail = async () =>
  (
    await stage.rows<{ tried: boolean; sent: boolean }>(
      'select first_attempt_at is not null as tried, sent_at is not null as sent from emails where id = $1',
      [`receipt:${orderId}`],
    )
  )[0]
const waitsSeconds = () => stage.secondsUntil(jobId())
/** The buyer's page works whatever becomes of the mail. */
const showsLinks = async () => (await post(stage, '/get_entitlements', { session_id: sessionId })).status === 200

/** A shift during which Resend gives these answers instead of its own. @returns what was sent to it, and the pauses between */
async function workAgainst(...replies: Reply[]) {
  await using vendor = await answeringServer(...replies)
  const mailer = createMailer({
    apiKey: 're_x',
    baseUrl: vendor.origin,
    from: 'a@example.com',
    replyTo: 'b@example.com',
  })
  const pauses: number[] = []
  const app = Object.assign(withPort(stage.app(), 'mailer', mailer), {
    pause: async (ms: number, signal?: AbortSignal) => {
      if (signal) return new Promise<void>((_, reject) => signal.addEventListener('abort', reject))
      pauses.push(ms)
    },
  })
  await stage.workWith(app)
  return { sends: vendor.requests.length, pauses }
}
const refusal = (status: number, name: string, headers = {}): Reply => ({
  status,
  body: { statusCode: status, name, message: 'why' },
  headers,
})

describe('Resend', () => {
  it('F30 (429) is not asked before its Retry-After, and the mail is as if it had not been tried', async () => {
    expectErrors()
    await workAgainst(refusal(429, 'rate_limit_exceeded', { 'retry-after': '90' }))
    expect(await waitsSeconds()).toBeGreaterThan(88)
    expect([await mail(), await showsLinks()]).toEqual([{ tried: false, sent: false }, true])
    await stage.dueNow()
    await stage.work()
    expect(await receipts()).toBe(1)
  })

  it('F30 (a day’s quota) is asked every ten minutes at most, without using up attempts', async () => {
    expectErrors()
    await stage.rows('update jobs set deferrals = 100 where id = $1', [jobId()])
    await workAgainst(refusal(429, 'daily_quota_exceeded'))
    expect(await stage.job(jobId())).toMatchObject({ state: 'open', attempts: 0, deferrals: 101 })
    expect(await waitsSeconds()).toBeGreaterThan(290)
    await stage.dueNow()
    await stage.work()
    expect(await receipts()).toBe(1)
  })

  it('F30 gets two mails a second at most, refused ones included', async () => {
    expectErrors()
    await stage.rows(
      `insert into emails (id, kind) select 'seller_dead_job:rate:' || i, 'seller_dead_job' from generate_series(1, 3) i`,
    )
    await stage.rows(
      `insert into jobs (id, kind, payload) select 'mail:' || id, 'send_email', jsonb_build_object('email_id', id) from emails where id like '%:rate:%'`,
    )
    const { sends, pauses } = await workAgainst(refusal(429, 'rate_limit_exceeded'))
    expect([sends, pauses]).toEqual([4, [500, 500, 500, 500]])
  })

  it.each<[string, Reply]>([
    ['500', refusal(500, 'internal_server_error')],
    ['a page', { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['a hang-up', 'reset'],
  ])('F31 (%s) may have taken the mail: it is tried again under its key', async (_what, reply) => {
    expectErrors()
    await workAgainst(reply)
    expect([await mail(), await stage.job(jobId())]).toMatchObject([
      { tried: true, sent: false },
      { state: 'open', attempts: 0 },
    ])
    await stage.dueNow()
    await stage.work()
    expect([await mail(), await receipts()]).toEqual([{ tried: true, sent: true }, 1])
  })

  it('F32 (409, another request under way) is asked again', async () => {
    expectErrors()
    await workAgainst(refusal(409, 'concurrent_idempotent_requests'))
    expect(await stage.job(jobId())).toMatchObject({ state: 'open', attempts: 0 })
    await stage.dueNow()
    await stage.work()
    expect(await receipts()).toBe(1)
  })

  it.each([
    ['F32 (409, other bytes under this key)', 409, 'invalid_idempotent_request'],
    ['F33 (403, domain not verified)', 403, 'validation_error'],
    ['F33 (422, bad address)', 422, 'validation_error'],
  ])(
    '%s is not asked again: a dead letter, the seller is told, and the page shows the links',
    async (_row, status, name) => {
      expectErrors()
      const { sends } = await workAgainst(refusal(status, name), { status: 200, body: { id: 'taken' } })
      expect(sends).toBe(2)
      expect(await stage.job(jobId())).toMatchObject({
        state: 'dead',
        attempts: 1,
        last_error: expect.stringContaining(name),
      })
      expect(
        await stage.count(`emails where id like $1 and sent_at is not null`, [`seller_dead_job:${jobId()}:%`]),
      ).toBe(1)
      expect([await receipts(), await showsLinks()]).toEqual([0, true])
    },
  )

  it('F33 (403, our key) is waited for, since the mail is not at fault', async () => {
    expectErrors()
    await workAgainst(refusal(403, 'invalid_api_key'))
    expect(await stage.job(jobId())).toMatchObject({ state: 'open', attempts: 0 })
    await stage.dueNow()
    await stage.work()
    expect(await receipts()).toBe(1)
  })
})

describe('an outage of Resend', () => {
  /** Tries again until the stored times say that so many hours have passed. */
  async function outage(hours: number, reply: Reply): Promise<void> {
    for (let i = 0; i < hours; i++) {
      await workAgainst(reply)
      await stage.rows(`update emails set first_attempt_at = first_attempt_at - interval '1 hour' where id = $1`, [
        `receipt:${orderId}`,
      ])
      await stage.dueNow()
    }
  }

  it('F34 of 6 hours ends with each receipt once, at most 15 minutes after it', async () => {
    expectErrors()
    await outage(6, 'reset')
    await workAgainst('reset')
    expect(await waitsSeconds()).toBeLessThanOrEqual(600)
    await stage.dueNow()
    await stage.work()
    expect(await receipts()).toBe(1)
  })

  it('F34 of 30 hours in which it refused every time loses nothing', async () => {
    expectErrors()
    await outage(30, refusal(429, 'rate_limit_exceeded'))
    expect(await stage.job(jobId())).toMatchObject({ state: 'open', attempts: 0 })
    await stage.work()
    expect(await receipts()).toBe(1)
  })

  it('F34 of 30 hours in which nobody can tell holds the mail for a person, and never sends it blindly', async () => {
    expectErrors()
    await outage(24, 'reset')
    expect(await workAgainst({ status: 200, body: { id: 'taken' } })).toMatchObject({ sends: 1 })
    expect(await stage.job(jobId())).toMatchObject({ state: 'dead', last_error: expect.stringContaining('held') })
    expect([await receipts(), await mail()]).toEqual([0, { tried: true, sent: false }])
    expect(await stage.count(`emails where id like $1`, [`seller_dead_job:${jobId()}:%`])).toBe(1)
  })
})
