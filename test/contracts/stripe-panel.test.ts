import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, chargeOf, checkout, openStage, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ enabledEvents: ['checkout.session.*', 'refund.*', 'charge.dispute.*'] })
})
afterEach(() => stage.close())

const panel = () => stage.emulator().panel()

/** Presses a button of the panel, as its plain form would. */
function press(action: string, id: string, amount?: string) {
  const body = new URLSearchParams({ id, ...(amount !== undefined && { amount }) })
  return fetch(`${stage.base}/people/stripe/${action}`, { method: 'POST', body, redirect: 'manual' })
}

async function charge(id: string) {
  const session = await stage.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
  return chargeOf(session)
}

describe('the panel of payments', () => {
  it('says that there is nothing yet', () => {
    expect(panel()).toContain('No checkout yet')
  })

  it('shows who bought what, and what the store has heard of it', async () => {
    stage.state.answer = () => 500
    await buy(stage)
    expect(panel()).toContain('€19.00')
    expect(panel()).toContain('ada@example.com')
    expect(panel()).toContain('1 × Field guide')
    expect(panel()).toMatch(/checkout\.session\.completed<\/code> pending, retry at [\d:]+ \(HTTP 500\)/)
    stage.state.answer = () => 200
    await stage.pass(1)
    expect(panel()).toMatch(/checkout\.session\.completed<\/code> delivered \(HTTP 200\)/)
  })

  it('refunds a part, then the rest, and says why it cannot refund more', async () => {
    const { id } = await buy(stage)
    const back = await press('refund', id, '5,50')
    expect([back.status, back.headers.get('location')]).toEqual([303, '/'])
    expect(await charge(id)).toMatchObject({ amount_refunded: 550, refunded: false })
    expect(panel()).toContain('paid, €5.50 refunded')
    await press('refund', id)
    expect(await charge(id)).toMatchObject({ amount_refunded: 1900, refunded: true })
    const refused = await press('refund', id)
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('has already been refunded')
    expect((await press('refund', id, 'much')).status).toBe(400)
  })

  it('opens and decides disputes and inquiries', async () => {
    const { id } = await buy(stage)
    await press('inquiry', id)
    expect(panel()).toContain('dispute warning needs response')
    await press('dispute-won', id)
    await press('dispute', id)
    expect(panel()).toContain('dispute needs response')
    expect((await press('dispute', id)).status).toBe(400)
    await press('dispute-lost', id)
    expect(panel()).toContain('paid; dispute warning closed; dispute lost')
  })

  it('settles or fails what is under way, and cancels a pending refund', async () => {
    const paid = await buy(stage, 'async')
    const failed = await buy(stage, 'async')
    await press('settle', paid.id)
    await press('fail', failed.id)
    expect(await charge(paid.id)).toMatchObject({ status: 'succeeded' })
    expect(await charge(failed.id)).toMatchObject({ status: 'failed' })
    await press('refund', paid.id)
    await press('cancel-refund', paid.id)
    expect(await charge(paid.id)).toMatchObject({ amount_refunded: 0, refunded: false })
    await press('refund', paid.id)
    await press('fail-refund', paid.id)
    expect(await charge(paid.id)).toMatchObject({ amount_refunded: 0, refunded: false })
    await stage.pass(60)
    expect((await stage.stripe.refunds.list()).data.map(({ status }) => status)).toEqual(['failed', 'canceled'])
  })

  it('expires an open checkout', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout())
    await press('expire', session.id)
    expect(await stage.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired' })
    expect((await press('expire', session.id)).status).toBe(400)
  })

  it('sends the event again, once or twice, whatever faults are set', async () => {
    const { id } = await buy(stage)
    stage.state.faults.push('drop')
    await press('resend', id)
    await stage.pass(0)
    expect(stage.received).toHaveLength(2)
    await press('deliver-twice', id)
    await stage.pass(0)
    expect(stage.received).toHaveLength(4)
    expect(new Set(stage.received.map((event) => event.id)).size).toBe(1)
  })

  it('knows no other buttons', async () => {
    const { id } = await buy(stage)
    expect((await press('constructor', id)).status).toBe(404)
    expect((await press('refund', 'cs_test_none')).status).toBe(404)
  })
})
