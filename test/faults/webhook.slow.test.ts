import { once } from 'node:events'
import { connect } from 'node:net'
import { setEnvironmentContext } from '@netlify/blobs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { answeringServer } from '../adapters/answering-server.ts'
import { withPort } from '../reconcile/stage.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'
import { type FaultStage, newEventId, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string
let id: string

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())

/** A session that was paid while no event came through. */
beforeEach(async () => {
  stage.sql.heal()
  stage.store.state.pokeStatus = 202
  stage.dropWebhooks()
  sessionId = await buy(stage, 'book')
  id = newEventId()
})

const jobs = () => stage.count('jobs where id = $1', [`stripe:${id}`])
const ONCE = { orders: ['paid'], receipts: 1, files: 1 }

describe('a webhook that does not end', () => {
  it('F01 writes nothing when it is killed before it has verified', async () => {
    expectErrors()
    const { hostname, port } = new URL(stage.siteUrl)
    const socket = connect(Number(port), hostname)
    await new Promise((written) =>
      socket.write(
        `POST /stripe_webhook HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 500\r\n\r\n{"id":"${id}"`,
        written,
      ),
    )
    socket.destroy()
    await once(socket, 'close')
    expect(await jobs()).toBe(0)
    expect((await stage.completed(sessionId, id)).status).toBe(200)
    expect(await jobs()).toBe(1)
  })

  it('F01 gives no 2xx when it is cut off before its statement, and Stripe’s repeat makes the whole job', async () => {
    expectErrors()
    stage.sql.next(/insert into jobs/, 'refuse')
    expect((await stage.completed(sessionId, id)).status).toBe(503)
    expect(await jobs()).toBe(0)
    expect((await stage.completed(sessionId, id)).status).toBe(200)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it('F02 finds its own job when it was cut off between the commit and the answer', async () => {
    expectErrors()
    stage.sql.next(/insert into jobs/, 'lose')
    expect((await stage.completed(sessionId, id)).status).toBe(503)
    expect(await jobs()).toBe(1)
    expect((await stage.completed(sessionId, id)).status).toBe(200)
    expect(await jobs()).toBe(1)
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })
})

describe('a poke that fails', () => {
  const asleep: Database = () => Promise.reject(new Error('the sweep must not ask the database'))
  const sweepAMinuteLater = () => {
    const later = new Date(Date.now() + 60_000)
    if (later.getUTCMinutes() === 0) later.setTime(later.getTime() + 60_000)
    return sweepJobs(Object.assign(withPort(stage.app(), 'db', asleep), { now: () => later }))
  }

  it.each([500, 404, 302])(
    'F03 (%i) leaves a mark, and the next sweep starts a worker without the database',
    async (status) => {
      stage.store.state.pokeStatus = status
      expect((await stage.completed(sessionId, id)).status).toBe(200)
      stage.store.state.pokeStatus = 202
      const { pokes } = stage.store.state
      expect(await sweepAMinuteLater()).toBe(true)
      expect(stage.store.state.pokes).toBe(pokes + 1)
      await stage.work()
      expect(await stage.outcome(sessionId)).toEqual(ONCE)
    },
  )

  it('F03 is given up after 2 s of silence', async () => {
    await using silent = await answeringServer('hang')
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const asked = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(20))
    const { waker } = createApp({ env: { ...process.env, SITE_URL: silent.origin } })
    expect(await waker.poke()).toBe(false)
    expect([asked.mock.calls, silent.requests.length]).toEqual([[[2_000]], 1])
    asked.mockRestore()
  })

  it('F03 and a mark that fails too give 503, so that Stripe delivers again', async () => {
    expectErrors()
    stage.store.state.pokeStatus = 500
    const context = process.env.NETLIFY_BLOBS_CONTEXT
    const nowhere = { siteID: 'test', token: 'x', edgeURL: 'http://localhost:1', uncachedEdgeURL: 'http://localhost:1' }
    setEnvironmentContext({ ...nowhere, deployID: 'test', primaryRegion: 'us-east-2' })
    const answer = await stage.completed(sessionId, id)
    process.env.NETLIFY_BLOBS_CONTEXT = context
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect((await stage.completed(sessionId, id)).status).toBe(200)
  })
})

describe('a delivery', () => {
  it('F12 that comes 50 times at once is 50 times 200, one job, one order, one receipt', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => stage.completed(sessionId, id)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await jobs()).toBe(1)
    await Promise.all([stage.work(), stage.work()])
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it.each([
    ['NUL', '\\u0000'],
    ['half a surrogate pair', '\\ud800'],
    ['a mebibyte', 'x'.repeat(1_000_000)],
  ])('F42 with %s in it is stored as ids only, and its order is made', async (_what, poison) => {
    const object = { id: sessionId, client_reference_id: 'POISON', metadata: { note: 'POISON' } }
    const event = { id, object: 'event', type: 'checkout.session.completed', livemode: false, data: { object } }
    const body = JSON.stringify(event).replace('POISON', poison)
    expect((await stage.deliver({ id, body })).status).toBe(200)
    expect(await stage.rows('select payload from jobs where id = $1', [`stripe:${id}`])).toEqual([
      { payload: { stripe_session_id: sessionId } },
    ])
    await stage.work()
    expect(await stage.outcome(sessionId)).toEqual(ONCE)
  })

  it.each(['\\u0000', '\\ud800', '../', 'x'.repeat(300)])(
    'F42 whose ids hold %.10j is refused or ignored, and never stored',
    async (odd) => {
      const before = await stage.count('jobs')
      const body = `{"id":"evt_${odd}","object":"event","type":"checkout.session.completed","livemode":false,"data":{"object":{"id":"${odd}"}}}`
      expect((await stage.deliver({ body })).status).toBe(400)
      const named = `{"id":"${id}","object":"event","type":"checkout.session.completed","livemode":false,"data":{"object":{"id":"${odd}"}}}`
      expect((await stage.deliver({ body: named })).status).toBe(200)
      expect(await stage.count('jobs')).toBe(before)
    },
  )
})
