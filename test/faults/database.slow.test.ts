import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { receiveEvent } from '../../shop/payments/receive-event.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, click, post } from '../support/sale.ts'
import { type FaultStage, newEventId, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.sql.heal()
  await stage.work()
  stage.dropWebhooks()
  sessionId = await buy(stage, 'book')
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }

/** What the doors answer, and the time that they name for another try. */
async function doors() {
  const answers = [
    await stage.completed(sessionId),
    await post(stage, '/get_entitlements', { session_id: sessionId }),
    (await click(stage, 'book')).answer,
  ]
  return answers.map(({ status, headers }) => [status, headers.get('retry-after')])
}
const UNAVAILABLE = [503, '30']

describe('a database', () => {
  it('F20 that refuses is a 503 with a time at every door, and never a 2xx', async () => {
    expectErrors()
    stage.sql.next(/./, 'refuse', 100)
    expect(await doors()).toEqual([UNAVAILABLE, UNAVAILABLE, UNAVAILABLE])
    stage.sql.heal()
    expect((await stage.completed(sessionId)).status).toBe(200)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F20 that never answers is given up by the webhook after 4 s, which leaves Stripe its 503 in time', async () => {
    stage.sql.next(/insert into jobs/, 'hang')
    const limits: number[] = []
    const app = Object.assign(stage.app(), { pause: async (ms: number) => void limits.push(ms) })
    const event = { id: 'evt_silent', type: 'checkout.session.completed', job: { stripe_session_id: sessionId } }
    Object.defineProperty(app, 'payments', { value: { verifyEvent: () => event } })
    await expect(receiveEvent(app, { body: '', signature: '' })).rejects.toMatchObject({ status: 503, retryAfter: 30 })
    expect(limits).toEqual([4_000])
  })

  it.each(['53300', '57P01', '57P03', '08006'])(
    'F22 without a connection for us (%s) is a 503, and recovers by itself',
    async (code) => {
      expectErrors()
      stage.sql.next(/./, { code }, 3)
      expect(await doors()).toEqual([UNAVAILABLE, UNAVAILABLE, UNAVAILABLE])
      expect((await stage.completed(sessionId)).status).toBe(200)
      stage.sql.next(/insert into orders/, { code })
      await stage.work()
      await stage.dueNow()
      await stage.work()
      expect(await stage.outcome(sessionId)).toEqual(ONCE)
    },
  )

  it.each(['40P01', '40001'])(
    'F23 that ends a statement by a conflict (%s) gets it again, three times at most',
    async (code) => {
      const id = newEventId()
      stage.sql.next(/insert into jobs/, { code }, 2)
      expect((await stage.completed(sessionId, id)).status).toBe(200)
      const seen = stage.sql.seen.length
      stage.sql.next(/insert into orders/, { code }, 2)
      await stage.work()
      expect(stage.sql.seen.slice(seen).filter((text) => text.includes('insert into orders'))).toHaveLength(3)
      expect([await stage.job(`stripe:${id}`), await stage.outcome(sessionId)]).toMatchObject([{ attempts: 1 }, ONCE])
    },
  )

  it('F23 whose conflicts do not end leaves the job to its own next attempt', async () => {
    expectErrors()
    const id = newEventId()
    await stage.completed(sessionId, id)
    stage.sql.next(/insert into orders/, { code: '40P01' }, 3)
    await stage.work()
    expect(await stage.job(`stripe:${id}`)).toMatchObject({ state: 'open', attempts: 1 })
    await stage.dueNow()
    await stage.work()
    expect([await stage.job(`stripe:${id}`), await stage.outcome(sessionId)]).toMatchObject([{ attempts: 2 }, ONCE])
  })

  it.each([
    [
      'a column',
      'alter table jobs rename column lease_until to missing',
      'alter table jobs rename column missing to lease_until',
    ],
    ['a table', 'alter table jobs rename to missing', 'alter table missing rename to jobs'],
  ])('F24 that lacks %s gets no 2xx to Stripe and loses nothing', async (_what, breaks, mends) => {
    expectErrors()
    await stage.rows(breaks)
    const answer = await stage.completed(sessionId)
    await expect(stage.work()).rejects.toThrow(/does not exist/)
    await stage.rows(mends)
    expect(answer.status).toBe(500)
    expect((await stage.completed(sessionId)).status).toBe(200)
    await stage.leasesExpire()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F24 that lacks a column of orders keeps the job, and the page says 500 without a link', async () => {
    expectErrors()
    await stage.completed(sessionId)
    await stage.rows('alter table orders rename column paid_at to missing')
    await stage.work()
    const page = await post(stage, '/get_entitlements', { session_id: sessionId })
    await stage.rows('alter table orders rename column missing to paid_at')
    expect([page.status, await page.text()]).toEqual([500, expect.not.stringContaining('token=')])
    await stage.dueNow()
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F21 that wakes for 3 s is waited for by every door', { timeout: 30_000 }, async () => {
    stage.sql.next(/./, { wait: 3_000 }, 3)
    const page = post(stage, '/get_entitlements', { session_id: sessionId })
    const answers = await Promise.all([stage.completed(sessionId), page, click(stage, 'book')])
    const [webhook, order, { answer }] = answers
    expect([webhook.status, order.status, answer.status]).toEqual([200, 200, 303])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})
