import { describe, expect, it } from 'vitest'
import type { App } from '../../../shop/app.ts'
import { type SyncCause, syncOrder } from '../../../shop/orders/sync-order.ts'
import type { ObservedSession } from '../../../shop/payments/observed-session.ts'
import { observedSession } from './observed-session.ts'

const CLOCK = '2026-11-23 10:00:00.123456+00'
const JOB = { id: 'stripe:evt_1', kind: 'sync_order', payload: {}, fence: 3, attempts: 1, state: 'open' } as const

type Answer = { held: boolean; order_id: string | null; status: string | null }

/** A shop that knows what Stripe says, and notes in which order everything was asked. */
function stage(session: ObservedSession | null, answer: Answer = { held: true, order_id: 'ord_new', status: 'paid' }) {
  const asked: string[] = []
  const written: unknown[][] = []
  const db = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const isWrite = strings.join('').includes('insert into orders')
    asked.push(isWrite ? 'write' : 'clock')
    if (isWrite) written.push(values)
    return isWrite ? [answer] : [{ at: CLOCK }]
  }
  const readSession = async (id: string) => {
    asked.push(`stripe ${id}`)
    return session
  }
  const shop = { refunds: { revoke: 'items' }, notices: { newSale: true } }
  const app = { db, payments: { readSession }, shop, newId: (prefix: string) => `${prefix}_new` }
  return { app: app as unknown as App, asked, written }
}

const cause = (more: Partial<SyncCause> = {}): SyncCause => ({
  job: JOB,
  observedAt: '2026-11-23 09:59:59+00',
  ...more,
})

describe('syncOrder', () => {
  it('asks the database for its time before it asks Stripe, and writes what Stripe said under that time', async () => {
    const { app, asked, written } = stage(observedSession())
    expect(await syncOrder(app, 'cs_test_1')).toEqual({ kind: 'written', orderId: 'ord_new', status: 'paid' })
    expect(asked).toEqual(['clock', 'stripe cs_test_1', 'write'])
    expect(written[0]).toEqual(expect.arrayContaining(['ord_new', 'cs_test_1', 'pi_1', 'paid', 'eur', 1900, CLOCK]))
  })

  it('takes the time of the claim for a job, and ends the job by the same statement, behind its fence', async () => {
    const { app, asked, written } = stage(observedSession())
    await syncOrder(app, 'cs_test_1', cause({ fraudWarningId: 'issfr_1' }))
    expect(asked).toEqual(['stripe cs_test_1', 'write'])
    expect(written[0]).toEqual(expect.arrayContaining(['stripe:evt_1', 3, '2026-11-23 09:59:59+00', 'issfr_1']))
    expect(written[0]).not.toContain(CLOCK)
  })

  it.each<[string, ObservedSession | null, string]>([
    ['that Stripe does not know', null, 'unknown'],
    ['of another program', observedSession({ metadata: {} }), 'not_ours'],
    ['that is still open', observedSession({ status: 'open' }), 'open'],
    ['that has expired', observedSession({ status: 'expired' }), 'expired'],
    ['whose state is new to us', observedSession({ status: 'paused' as never }), 'open'],
  ])('writes nothing of a session %s', async (_what, session, why) => {
    const { app, asked } = stage(session)
    expect(await syncOrder(app, 'cs_test_1', cause())).toEqual({ kind: 'nothing', why })
    expect(asked).toEqual(['stripe cs_test_1'])
  })

  it.each<[string, Answer, object]>([
    ['an older observation', { held: true, order_id: null, status: null }, { kind: 'older' }],
    ['a lease that is somebody else’s', { held: false, order_id: null, status: null }, { kind: 'lost' }],
  ])('says so when the database wrote nothing: %s', async (_what, answer, outcome) => {
    const { app } = stage(observedSession(), answer)
    expect(await syncOrder(app, 'cs_test_1', cause())).toEqual(outcome)
  })
})
