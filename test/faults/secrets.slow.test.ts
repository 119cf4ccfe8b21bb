import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findFaults } from '../../adapters/config-faults.ts'
import { VARIABLES } from '../../adapters/variables.ts'
import { WEBHOOK_SECRET } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage
let sessionId: string
let healthy: NodeJS.ProcessEnv

beforeAll(async () => {
  stage = await openFaultStage()
  sessionId = await buy(stage, 'book')
  await stage.work()
  healthy = { ...process.env }
})
afterAll(() => stage.close())
afterEach(() => {
  Object.assign(process.env, healthy)
})

const now = () => Math.floor(Date.now() / 1000)
const status = async (delivery: object) => (await stage.deliver({ object: { id: sessionId }, ...delivery })).status

describe('a clock', () => {
  it.each([
    ['299 s behind', -299, 200],
    ['299 s ahead', 297, 200],
    ['301 s behind', -302, 400],
    ['301 s ahead', 303, 400],
    ['an hour ahead', 3_600, 400],
  ])('F36 of Stripe’s that is %s is answered with the right status', async (_what, seconds, expected) => {
    expect(await status({ at: now() + seconds })).toBe(expected)
  })

  it('F36 that makes more than five deliveries be rejected within five minutes is told to the seller at once, one time', async () => {
    const notices = () => stage.notices('seller_rejected_deliveries')
    // Three were rejected by the test before; they may have been the beginning of it.
    for (let i = 0; i < 2; i++) expect(await status({ at: now() + 3_600 })).toBe(400)
    await stage.store.settled()
    await stage.work()
    expect(await notices()).toEqual([])
    const pokes = stage.store.state.pokes
    for (let i = 0; i < 6; i++) expect(await status({ at: now() + 3_600 })).toBe(400)
    await stage.store.settled()
    expect(stage.store.state.pokes).toBe(pokes + 1)
    await stage.work()
    expect((await notices()).map(({ to }) => to)).toEqual([['hello@example.com']])
  })

  it('F36 notes nothing more of a flood, nor of what is not signed at all, and never asks the database then', async () => {
    const seen = stage.sql.seen.length
    await Promise.all(Array.from({ length: 20 }, () => status({ secret: 'whsec_of_somebody_else_entirely' })))
    await fetch(`${stage.siteUrl}/stripe_webhook`, { method: 'POST', body: '{}' })
    await stage.store.settled()
    expect(stage.sql.seen.slice(seen)).toEqual([])
  })
})

describe('a secret that changes', () => {
  const NEXT = 'whsec_next_0123456789abcdef0123456789'

  it('F37 rejects nothing while both are valid, and all of the old one afterwards', async () => {
    process.env.STRIPE_WEBHOOK_SECRET = `${NEXT}, ${WEBHOOK_SECRET}`
    const both = await Promise.all([NEXT, WEBHOOK_SECRET, NEXT, WEBHOOK_SECRET].map((secret) => status({ secret })))
    process.env.STRIPE_WEBHOOK_SECRET = NEXT
    const after = await Promise.all([NEXT, WEBHOOK_SECRET, NEXT, WEBHOOK_SECRET].map((secret) => status({ secret })))
    expect([both, after]).toEqual([
      [200, 200, 200, 200],
      [200, 400, 200, 400],
    ])
  })

  it('F39 lets a worker that was poked with the old secret in, while the new one signs', async () => {
    const old = healthy.JOB_POKE_SECRET ?? ''
    const next = 'the-next-poke-secret-of-32-characters'
    process.env.JOB_POKE_SECRET = old
    const signed = await stage.signPoke()
    process.env.JOB_POKE_SECRET = `${next},${old}`
    const { waker } = stage.app()
    expect(() => waker.verifyPoke(signed)).not.toThrow()
    process.env.JOB_POKE_SECRET = next
    expect(() => stage.app().waker.verifyPoke(signed)).toThrow('forged or stale')
  })
})

describe('a secret that is wrong', () => {
  const WRONG = [undefined, '', '  ', 'undefined', 'short']
  const DOORS: [string, () => Promise<Response>][] = [
    ['STRIPE_WEBHOOK_SECRET', () => stage.completed(sessionId)],
    ['DOWNLOAD_TOKEN_SECRET', () => post(stage, '/get_entitlements', { session_id: sessionId })],
    ['STRIPE_SECRET_KEY', () => fetch(`${stage.siteUrl}/go/book`, { headers: { 'user-agent': 'Firefox/140.0' } })],
    ['JOB_POKE_SECRET', () => stage.completed(sessionId)],
    ['NETLIFY_DATABASE_URL', () => stage.completed(sessionId)],
  ]

  it.each(DOORS)('F40 (%s) is a 503 that does not name it to strangers', async (name, knock) => {
    expectErrors()
    for (const value of WRONG) {
      delete process.env[name]
      if (value !== undefined) process.env[name] = value
      const answer = await knock()
      expect([value, answer.status, (await answer.text()).includes(name)]).toEqual([value, 503, false])
    }
    Object.assign(process.env, healthy)
    expect((await knock()).status).toBeLessThan(400)
  })

  it('F40 fails a production build that can see it, and none whose secrets are for functions only', () => {
    // A shop may do without a bucket; test/adapters/config.test.ts looks at its variables.
    const secrets = Object.keys(VARIABLES).filter(
      (name) => !/_BASE|ENDPOINT|^FILES_S3_|^NETLIFY_(SITE|AUTH)/.test(name),
    )
    expect(findFaults(Object.fromEntries(secrets.map((name) => [name, healthy[name]])))).toEqual([])
    expect(findFaults({})).toEqual([])
    for (const name of secrets) {
      for (const value of WRONG.slice(1)) {
        const faults = findFaults({ ...healthy, [name]: value })
        expect([name, value, faults.length, faults[0]?.startsWith(`${name} `)]).toEqual([name, value, 1, true])
      }
    }
  })
})
