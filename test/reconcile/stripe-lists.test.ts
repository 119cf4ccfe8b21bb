import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFacts } from '../../adapters/stripe-lists.ts'
import { VendorDown, VendorRefused } from '../../shop/errors.ts'
import type { FactKind, StripeFact } from '../../shop/reconcile/stripe-fact.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { buy, click, pay } from '../support/sale.ts'
import { appAt, openStage, type Stage, today } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  stage.dropWebhooks()
})
afterAll(() => stage.close())

const HOUR_AGO = new Date(Date.now() - 3_600_000)

async function listAll(kind: FactKind, since = HOUR_AGO): Promise<StripeFact[][]> {
  const pages: StripeFact[][] = []
  for (let after: string | null = null, more = true; more; ) {
    const page = await listFacts(stage.sdk, { kind, since, after })
    pages.push(page.facts)
    after = page.next
    more = page.next !== null
  }
  return pages
}

/** A sale for nothing that was completed: the quickest kind. */
async function giveAway(n: number): Promise<string> {
  const price_data = { currency: 'eur', unit_amount: 0, product_data: { name: `Gift ${n}` } }
  const { id, url } = await stage.sdk.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ quantity: 1, price_data }],
    metadata: { till: '1' },
    success_url: `${stage.siteUrl}/success/`,
  })
  const paid = await pay(url ?? '')
  if (paid.status !== 303) throw new Error(`the payment page answered ${paid.status}`)
  return id
}

describe('listFacts of Stripe', () => {
  it('tells of a sale, its refund and its dispute, each with the marks of the sale', async () => {
    const sessionId = await buy(stage, 'book')
    const refund = await stage.refund(sessionId, 500)
    await stage.press('dispute', sessionId)
    const intent = {
      paymentIntentId: await stage.paymentOf(sessionId),
      paymentIntentStatus: 'succeeded',
      currency: 'eur',
    }
    const mark = { metadata: expect.objectContaining({ till: '1' }) }
    expect(await listAll('session')).toEqual([
      [{ kind: 'session', id: sessionId, ...intent, status: 'paid', amount: 1900, ...mark }],
    ])
    expect(await listAll('refund')).toEqual([
      [{ kind: 'refund', id: refund.id, ...intent, status: 'succeeded', amount: 500, ...mark }],
    ])
    expect(await listAll('dispute')).toEqual([
      [
        {
          kind: 'dispute',
          id: expect.stringMatching(/^d[up]_/),
          ...intent,
          status: 'needs_response',
          amount: 1400,
          ...mark,
        },
      ],
    ])
  })

  it('leaves out sessions that nobody completed, and everything from before', async () => {
    const before = (await listAll('session')).flat().length
    await click(stage, 'book')
    expect((await listAll('session')).flat()).toHaveLength(before)
    expect((await listAll('session', new Date(Date.now() + 60_000))).flat()).toEqual([])
  })

  it('pages through more than 250 sessions, and every one that we lack is asked for', async () => {
    const before = (await listAll('session')).flat().length
    const ids: string[] = []
    for (let n = 0; n < 250; n += 25)
      ids.push(...(await Promise.all(Array.from({ length: 25 }, (_, i) => giveAway(n + i)))))
    const pages = await listAll('session')
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50 + before])
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(250 + before)
    await watchStripe(appAt(stage, today('01:00')))
    const wanted = await stage.rows<{ id: string }>(
      `select payload ->> 'stripe_session_id' as id from jobs where id like 'reconcile:cs_%'`,
    )
    expect(wanted.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  it('says how long to wait when Stripe limits the rate, and tells an outage from a refusal', async () => {
    const ask = (sdk = stage.sdk) => listFacts(sdk, { kind: 'refund', since: HOUR_AGO, after: null })
    stage.faults.put({ service: 'stripe', mode: '429', count: 1, path: '/v1/refunds' })
    await expect(ask()).rejects.toMatchObject({ name: 'VendorDown', retryAfter: 1 })
    stage.faults.put({ service: 'stripe', mode: '500', count: 3, path: '/v1/refunds' })
    await expect(ask()).rejects.toThrow(VendorDown)
    stage.faults.put({ service: 'stripe', mode: '500', count: 0, path: '/v1/refunds' })
    const { hostname, port } = new URL(stage.servicesUrl)
    await expect(ask(new Stripe('sk_nonsense', { host: hostname, port, protocol: 'http' }))).rejects.toThrow(
      VendorRefused,
    )
  })
})
