import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import { BEGINNING, listFacts, type Place, type WalkedPage } from '../../shop/reconcile/list-facts.ts'
import type { FactKind, FactPage, StripeFact } from '../../shop/reconcile/stripe-fact.ts'
import { reconcileJob } from '../../workers/reconcile.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { appAt, openStage, type Stage, today, withPort } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const SINCE = today('00:00')
const PAGE = 100
const session = (n: number): StripeFact => ({
  kind: 'session',
  id: `cs_test_${n}`,
  paymentIntentId: `pi_${n}`,
  paymentIntentStatus: 'succeeded',
  status: 'paid',
  amount: 100 + n,
  currency: 'eur',
  metadata: { till: '1' },
})

type Asked = { kind: FactKind; after: string | null }

/** An app whose Stripe lists these many sessions of ours; a page takes `pageMs` of its clock. */
function appWith(count: number, { pageMs = 0, fails = () => false as boolean } = {}) {
  const asked: Asked[] = []
  const app = appAt(stage, today('01:00'))
  const pageOf = ({ kind, after }: Asked): FactPage => {
    if (kind !== 'session') return { facts: [], next: null }
    const start = after === null ? 0 : Number(after.slice('cs_test_'.length)) + 1
    const facts = Array.from({ length: Math.min(PAGE, count - start) }, (_, i) => session(start + i))
    return { facts, next: start + PAGE < count ? (facts.at(-1)?.id ?? null) : null }
  }
  const listFactsOf = async ({ kind, after }: Asked) => {
    if (fails()) throw new VendorDown('stripe', 'limited', { retryAfter: 2 })
    asked.push({ kind, after })
    if (pageMs > 0) await app.pause(pageMs)
    return pageOf({ kind, after })
  }
  withPort(app, 'payments', { ...app.payments, listFacts: listFactsOf })
  return { app, asked }
}

async function collect(app: App, from: Place = BEGINNING, until: Date | null = null): Promise<WalkedPage[]> {
  const pages: WalkedPage[] = []
  for await (const page of listFacts(app, { since: SINCE, from, until })) pages.push(page)
  return pages
}

const wantedIds = async () =>
  (
    await stage.rows<{ id: string }>(`select payload ->> 'stripe_session_id' as id from jobs where kind = 'sync_order'`)
  ).map(({ id }) => id)
const walks = () =>
  stage.rows<{ id: string; payload: unknown }>(`select id, payload from jobs where kind = 'reconcile' order by seq`)
const emptyQueue = () => stage.rows('delete from jobs')

describe('listFacts', () => {
  it('pages through 250 sessions, then refunds and disputes, each entry once', async () => {
    const { app, asked } = appWith(250)
    const pages = await collect(app)
    expect(pages.map(({ kind, facts }) => [kind, facts.length])).toEqual([
      ['session', 100],
      ['session', 100],
      ['session', 50],
      ['refund', 0],
      ['dispute', 0],
    ])
    expect(new Set(pages.flatMap(({ facts }) => facts.map(({ id }) => id))).size).toBe(250)
    expect(asked.map(({ after }) => after)).toEqual([null, 'cs_test_99', 'cs_test_199', null, null])
  })

  it('makes at most ten calls a second', async () => {
    const { app } = appWith(250)
    const began = app.now().getTime()
    await collect(app)
    expect(app.pauses).toEqual([100, 100, 100, 100])
    expect(app.now().getTime() - began).toBe(400)
    const slow = appWith(250, { pageMs: 60 })
    await collect(slow.app)
    expect(slow.app.pauses.filter((ms) => ms !== 60)).toEqual([40, 40, 40, 40])
  })

  it('goes on from any place', async () => {
    for (const from of [
      { kind: 'session', after: 'cs_test_99' },
      { kind: 'dispute', after: null },
    ] as const) {
      const { app, asked } = appWith(150)
      await collect(app, from)
      expect(asked[0]).toEqual(from)
      expect(asked).toHaveLength(from.kind === 'session' ? 3 : 1)
    }
  })

  it('waits longer each time that Stripe limits it, and six tries long', async () => {
    let left = 3
    const { app } = appWith(1, { fails: () => left-- > 0 })
    expect(await collect(app)).toHaveLength(3)
    expect(app.pauses.slice(0, 3)).toEqual([2000, 2000, 4000])
    const { app: never } = appWith(1, { fails: () => true })
    await expect(collect(never)).rejects.toThrow(VendorDown)
    expect(never.pauses).toEqual([2000, 2000, 4000, 8000, 16_000])
  })

  it('never waits beyond its time', async () => {
    const { app } = appWith(1, { fails: () => true })
    await expect(collect(app, BEGINNING, new Date(app.now().getTime() + 5000))).rejects.toThrow(VendorDown)
    expect(app.pauses).toEqual([2000, 2000])
  })
})

describe('watchStripe within its 20 seconds', () => {
  it('leaves what it cannot read to one job, from the place that it had reached, and notes nothing of that list', async () => {
    await emptyQueue()
    const pokes = stage.store.state.pokes
    const { app, asked } = appWith(1000, { pageMs: 8000 })
    await watchStripe(app)
    expect(asked).toHaveLength(3)
    expect(await wantedIds()).toHaveLength(300)
    const since = new Date(today('01:00').getTime() - 48 * 3_600_000).toISOString()
    expect(await walks()).toEqual([
      {
        id: `reconcile:walk:${since}:session:cs_test_299`,
        payload: { since, kind: 'session', after: 'cs_test_299' },
      },
    ])
    expect(stage.store.state.pokes).toBeGreaterThan(pokes)
    expect(await app.digests.read('session')).toEqual([])
  })
})

describe('reconcileJob', () => {
  const lease = (payload: unknown) => ({
    job: { id: 'reconcile:walk', kind: 'reconcile', payload, fence: 1, attempts: 1, state: 'open' as const },
    observedAt: '2026-01-01 00:00:00+00',
  })

  it('carries on in parts of 20 seconds until every entry has been compared', async () => {
    await emptyQueue()
    let payload: unknown = { since: SINCE.toISOString(), kind: 'session', after: null }
    const parts: number[] = []
    for (let done = 0; payload; ) {
      const { app, asked } = appWith(650, { pageMs: 8000 })
      expect(await reconcileJob(app, lease(payload))).toBe('done')
      parts.push(asked.length)
      const left = (await walks()).slice(done)
      expect(left.length).toBeLessThanOrEqual(1)
      done += left.length
      payload = left[0]?.payload
    }
    expect(parts).toEqual([3, 3, 3])
    expect(new Set(await wantedIds()).size).toBe(650)
  })

  it('repeated after a crash asks for nothing twice', async () => {
    await emptyQueue()
    const payload = { since: SINCE.toISOString(), kind: 'session', after: null }
    for (const time of [1, 2]) {
      const { app } = appWith(400, { pageMs: 8000 })
      await reconcileJob(app, lease(payload))
      expect([(await wantedIds()).length, (await walks()).length], `run ${time}`).toEqual([300, 1])
    }
  })
})
