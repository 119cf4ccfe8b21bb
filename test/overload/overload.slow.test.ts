import type { Context } from '@netlify/functions'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import go from '../../functions/go.ts'
import receive from '../../functions/stripe_webhook.ts'
import { type FaultStage, newEventId, openFaultStage } from '../faults/stage.ts'
import { WEBHOOK_SECRET } from '../support/platform.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, pay, post } from '../support/sale.ts'

let postgres: RealPostgres
let stage: FaultStage

beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  stage = await openFaultStage(postgres)
  stage.dropWebhooks()
})
afterAll(async () => {
  await stage.close()
  await postgres.close()
})
afterEach(() => {
  vi.restoreAllMocks()
  stage.sql.heal()
})

/** What came of all sales: each order once, each with one receipt. */
async function books() {
  const [row] = await stage.rows<Record<string, number>>(`
    select (select count(*)::int from orders) as orders, (select count(distinct stripe_session_id)::int from orders) as sessions,
      (select count(*)::int from orders where status = 'paid') as paid,
      (select count(*)::int from emails where kind = 'receipt' and sent_at is not null) as receipts,
      (select count(*)::int from jobs where state <> 'done' and kind in ('sync_order', 'send_email')) as left_over`)
  const keys = (await stage.mails()).flatMap(({ idempotency_key: key }) => (key?.startsWith('receipt:') ? [key] : []))
  return { ...row, mails: keys.length, keys: new Set(keys).size }
}

const behind: Promise<unknown>[] = []
let visitors = 0

/** The platform's context of a visitor who has never been here. */
function stranger(params: Record<string, string> = {}): Context {
  const ip = `10.9.${++visitors >> 8}.${visitors & 255}`
  const waitUntil = (work: Promise<unknown>) => void behind.push(work)
  return { params, ip, requestId: 'req_rush', deploy: { context: 'production' }, waitUntil } as unknown as Context
}

/** A click and a delivery straight into the function: a thousand at once are to meet the shop and not this machine's sockets. */
const clickHere = () =>
  go(
    new Request(`${stage.siteUrl}/go/book`, { headers: { 'user-agent': 'Firefox/140.0' } }),
    stranger({ slug: 'book' }),
  )

function deliverHere(id: string, session: string): Promise<Response> {
  const event = { id, object: 'event', type: 'checkout.session.completed', livemode: false }
  const payload = JSON.stringify({ ...event, data: { object: { id: session } } })
  const signature = new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  return receive(new Request(`${stage.siteUrl}/stripe_webhook`, { method: 'POST', headers, body: payload }), stranger())
}

/** Delivers until every delivery was taken, as Stripe does; a refusal must say when to come again. */
async function deliverAll(events: { id: string; session: string }[]): Promise<number> {
  let refused = 0
  let open = events
  while (open.length > 0) {
    const answers = await Promise.all(open.map(({ id, session }) => deliverHere(id, session)))
    const again = open.filter((_, i) => answers[i]?.status !== 200)
    for (const { status, headers } of answers) {
      if (status !== 200) expect([status, headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)])
    }
    refused += again.length
    open = again
  }
  return refused
}

describe('a rush', () => {
  let sessions: string[] = []

  it('of 200 checkouts at once is 200 payment pages, each of its own', async () => {
    const clicks = await Promise.all(Array.from({ length: 200 }, clickHere))
    expect(new Set(clicks.map(({ status }) => status))).toEqual(new Set([303]))
    const pages = clicks.map(({ headers }) => headers.get('location') ?? '')
    sessions = pages.map((page) => /cs_test_\w+/.exec(page)?.[0] ?? '')
    expect(new Set(sessions).size).toBe(200)
    const paid = await Promise.all(pages.map((page) => pay(page)))
    expect(new Set(paid.map(({ status }) => status))).toEqual(new Set([303]))
  })

  it('of 1,000 deliveries, each event five times, loses none and doubles none', async () => {
    // A machine that is busy enough lets a poke go unanswered; the mark is there then.
    expectErrors()
    const events = sessions.map((session) => ({ id: newEventId(), session }))
    const storm = Array.from({ length: 5 }, () => events).flat()
    await deliverAll(storm)
    await Promise.all(behind)
    const stored = await stage.rows<{ n: number }>("select count(*)::int as n from jobs where id like 'stripe:%'")
    expect(stored).toEqual([{ n: 200 }])
    await Promise.all([stage.work(), stage.work(), stage.work()])
    await stage.work()
    const once = { orders: 200, sessions: 200, paid: 200, receipts: 200, left_over: 0, mails: 200, keys: 200 }
    expect(await books()).toEqual(once)
  })
})

/** The doors of the shop that need the database, as one visitor would knock at them. */
const knock = (sessionId: string) => [
  click(stage, 'book').then(({ answer }) => answer),
  post(stage, '/create_checkout_session', { items: [{ slug: 'book', quantity: 1 }] }),
  post(stage, '/get_entitlements', { session_id: sessionId }),
  stage.completed(sessionId),
]

const toldBy = (answer: Response | undefined) => `${answer?.status} ${answer?.headers.get('retry-after')}`

describe('a database', () => {
  const buyOne = async () => {
    const { url, sessionId } = await click(stage, 'book')
    await pay(url)
    return sessionId
  }

  it('that answers after 3 s is waited for by a crowd, and nothing is lost or doubled', async () => {
    expectErrors()
    const sessionId = await buyOne()
    stage.sql.next(/./, { wait: 3_000 }, 30)
    const crowd = await Promise.all(Array.from({ length: 5 }, () => Promise.all(knock(sessionId))))
    const [buyers, deliveries] = [crowd.flatMap((answers) => answers.slice(0, 3)), crowd.map((answers) => answers[3])]
    expect(new Set(buyers.map(({ status }) => status))).toEqual(new Set([303, 201, 200]))
    // On a busy machine a delivery's 4 s run out before its 3 s have passed; then Stripe comes again.
    for (const delivery of deliveries) expect(['200 null', '503 30']).toContain(toldBy(delivery))
    stage.sql.heal()
    await deliverAll([{ id: newEventId(), session: sessionId }])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual({ orders: ['paid'], receipts: 1, files: 1 })
  })

  it.each(['hang', 'refuse'] as const)(
    'that does not answer (%s) is a 503 with a time at every door, to a whole crowd, and the shop recovers by itself',
    async (fault) => {
      expectErrors()
      const sessionId = await buyOne()
      const before = await books()
      const inTime = AbortSignal.timeout
      // The limits of 4 and 10 s, so that nobody sits through them.
      if (fault === 'hang')
        vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => inTime.call(AbortSignal, Math.min(ms, 300)))
      stage.sql.next(/./, fault, 10_000)
      const answers = await Promise.all(Array.from({ length: 25 }, () => knock(sessionId)).flat())
      expect(new Set(answers.map(toldBy))).toEqual(new Set(['503 30']))
      vi.restoreAllMocks()
      stage.sql.heal()
      await stage.store.settled()
      expect(await books()).toEqual(before)
      expect((await stage.completed(sessionId)).status).toBe(200)
      expect((await post(stage, '/get_entitlements', { session_id: sessionId })).status).toBe(200)
      await stage.work()
      expect(await stage.outcome(sessionId)).toEqual({ orders: ['paid'], receipts: 1, files: 1 })
    },
  )
})
