import type { Context } from '@netlify/functions'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POKE_HEADER } from '../../adapters/waker.ts'
import runJobs from '../../functions/run_jobs-background.ts'
import sweep from '../../functions/sweep_jobs.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { appAt, today, withPort } from '../reconcile/stage.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.leasesExpire()
  await stage.work()
})
afterEach(() => {
  vi.useRealTimers()
  process.env.SITE_URL = stage.siteUrl
})

const ONCE = { orders: ['paid'], receipts: 1, files: 1 }
const contextOf = (deploy: string) =>
  ({ requestId: 'req_test', deploy: { context: deploy }, waitUntil: () => undefined }) as unknown as Context

/** A signed poke as the worker's door gets it. */
async function poke(deploy = 'production'): Promise<Response> {
  const headers = { [POKE_HEADER]: await stage.signPoke() }
  const url = `${stage.siteUrl}/.netlify/functions/run_jobs-background`
  return runJobs(new Request(url, { method: 'POST', headers }), contextOf(deploy))
}

describe('a background function', () => {
  it('F44 stops claiming at 80 % of its 15 minutes, and leaves a mark for the rest', async () => {
    const sessions = [await buy(stage, 'book'), await buy(stage, 'book')]
    await stage.rows(
      `insert into jobs (id, kind, due_at) select 'filler:' || i, 'sync_order', now() + interval '1 hour' from generate_series(1, 3) i`,
    )
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    // Stripe takes twelve minutes to answer the first question.
    stage.sql.next(/insert into orders/, () => vi.setSystemTime(Date.now() + 720_000))
    expect((await poke()).status).toBe(202)
    const states = await Promise.all(sessions.map(async (id) => (await stage.outcome(id)).orders))
    expect(states).toEqual([['paid'], ['paid']])
    const receipts = "jobs j where j.state = 'open' and j.attempts = 0 and j.kind = 'send_email' and j.due_at <= now()"
    expect(await stage.count(receipts)).toBe(4)
    const marks = await stage.app().waker.listMarks()
    expect(marks.some(({ at }) => at.getTime() <= Date.now() + 1_000)).toBe(true)
    vi.useRealTimers()
    await stage.leasesExpire()
    await stage.rows(`delete from jobs where id like 'filler:%'`)
    await stage.dueNow()
    await stage.work()
    for (const id of sessions) expect(await stage.outcome(id)).toEqual(ONCE)
  })

  it('F44 that is a schedule ends after 20 s of its 30, and leaves the rest to a job', async () => {
    stage.dropWebhooks()
    await buy(stage, 'book')
    const app = appAt(stage, today('01:00'))
    const { payments } = app
    const slow = Object.assign(Object.create(payments), {
      listFacts: async (ask: Parameters<typeof payments.listFacts>[0]) => {
        await app.pause(21_000)
        return payments.listFacts(ask)
      },
    })
    await watchStripe(withPort(app, 'payments', slow))
    expect(app.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(30_000)
    expect(
      await stage.count(`jobs where kind = 'reconcile' and state = 'open' and payload ->> 'kind' = 'refund'`),
    ).toBe(1)
    stage.faults.put({ service: 'webhook', mode: 'drop', count: 0 })
  })

  it('F45 that the platform starts twice does its work once', async () => {
    const sessionId = await buy(stage, 'book')
    const answers = await Promise.all([poke(), poke(), poke()])
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F45 that fails is repeated by the platform, and loses nothing', async () => {
    expectErrors()
    const sessionId = await buy(stage, 'book')
    stage.sql.next(/due as materialized/, 'refuse')
    await expect(poke()).rejects.toThrow('The database does not answer.')
    expect(await stage.outcome(sessionId)).toEqual({ orders: [], receipts: 0, files: 0 })
    expect((await poke()).status).toBe(202)
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F45 that is a schedule may overlap itself, or be skipped', async () => {
    stage.store.state.pokeStatus = 500
    const sessionId = await buy(stage, 'book')
    stage.store.state.pokeStatus = 202
    const tick = () => sweep(new Request('http://localhost/'), contextOf('production'))
    await Promise.all([tick(), tick(), tick()])
    await Promise.all([stage.work(), stage.work()])
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})

describe('a preview deploy', () => {
  it('F58 with a copy of the live database answers 202, leases nothing and pokes nobody', async () => {
    const sessionId = await buy(stage, 'book')
    const untouched = `jobs where state = 'open' and attempts = 0 and fence = 0 and payload ->> 'stripe_session_id' = $1`
    await stage.app().waker.writeMark(new Date(0))
    process.env.SITE_URL = 'https://deploy-preview-7--shop.netlify.app'
    for (const deploy of ['deploy-preview', 'branch-deploy', 'dev']) {
      expect((await poke(deploy)).status).toBe(202)
      const fetching = vi.spyOn(globalThis, 'fetch')
      expect((await sweep(new Request('http://localhost/'), contextOf(deploy))).status).toBe(202)
      expect(fetching).not.toHaveBeenCalled()
      fetching.mockRestore()
      expect(await stage.count(untouched, [sessionId])).toBe(1)
    }
    expect((await poke('production')).status).toBe(202)
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})
