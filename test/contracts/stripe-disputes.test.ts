import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, chargeOf, openStage, refusal, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const types = () => stage.received.map((event) => event.type).sort()

async function disputed(card: string) {
  const charge = chargeOf(await buy(stage, card))
  await stage.pass(0)
  stage.received.length = 0
  await stage.pass(5)
  const [dispute] = (await stage.stripe.disputes.list({ payment_intent: String(charge.payment_intent) })).data
  if (dispute === undefined) throw new TypeError('No dispute was opened')
  return { charge, dispute }
}

const balance = async () => (await stage.stripe.balance.retrieve()).available[0]?.amount

describe('disputes', () => {
  it('take the money away and hold the charge', async () => {
    const { charge, dispute } = await disputed('4000000000000259')
    expect(dispute).toMatchObject({
      amount: 1900,
      reason: 'fraudulent',
      status: 'needs_response',
      is_charge_refundable: false,
    })
    expect(dispute.balance_transactions).toMatchObject([{ amount: -1900, type: 'adjustment' }])
    expect(types()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.updated'])
    expect(await stage.stripe.charges.retrieve(charge.id)).toMatchObject({ disputed: true })
    expect(await refusal(stage.stripe.refunds.create({ charge: charge.id }))).toMatchObject({ code: 'charge_disputed' })
    expect(await balance()).toBe(0)
  })

  it('are won with evidence that convinces', async () => {
    const { dispute } = await disputed('4000000000000259')
    const answered = await stage.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence', access_activity_log: 'downloaded 3 times' },
    })
    expect(answered).toMatchObject({
      status: 'under_review',
      evidence_details: { has_evidence: true, submission_count: 1 },
    })
    await stage.pass(5)
    expect(await stage.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'won' })
    expect(types()).toContain('charge.dispute.closed')
    expect(types()).toContain('charge.dispute.funds_reinstated')
    expect(await balance()).toBe(1900)
  })

  it('are lost with evidence that does not, or given up', async () => {
    const { dispute } = await disputed('4000000000002685')
    expect(dispute.reason).toBe('product_not_received')
    await stage.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'losing_evidence' } })
    await stage.pass(5)
    expect(await stage.stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: 'lost' })
    expect((await refusal(stage.stripe.disputes.close(dispute.id))).message).toContain('closed already')
    const other = await disputed('4000000000000259')
    expect(await stage.stripe.disputes.close(other.dispute.id)).toMatchObject({ status: 'lost' })
    expect(types()).not.toContain('charge.dispute.funds_reinstated')
  })

  it('keep evidence that is not submitted to themselves', async () => {
    const { dispute } = await disputed('4000000000000259')
    const kept = await stage.stripe.disputes.update(dispute.id, {
      evidence: { customer_name: 'Ada' },
      metadata: { note: 'asked Ada' },
      submit: false,
    })
    expect(kept).toMatchObject({
      status: 'needs_response',
      evidence: { customer_name: 'Ada' },
      metadata: { note: 'asked Ada' },
    })
    const unknown = stage.stripe.disputes.update(dispute.id, { evidence: { mood: 'bad' } as never })
    expect(await refusal(unknown)).toMatchObject({ code: 'parameter_unknown', param: 'evidence[mood]' })
  })

  it('begin as an inquiry with some cards, which moves no money and can be refunded', async () => {
    const { charge, dispute } = await disputed('4000000000001976')
    expect(dispute).toMatchObject({
      status: 'warning_needs_response',
      is_charge_refundable: true,
      balance_transactions: [],
    })
    expect(types()).toEqual(['charge.dispute.created', 'charge.updated'])
    expect(await stage.stripe.refunds.create({ charge: charge.id, amount: 100 })).toMatchObject({ status: 'succeeded' })
    expect(await stage.stripe.disputes.close(dispute.id)).toMatchObject({ status: 'warning_closed' })
    expect(await balance()).toBe(1800)
  })

  it('may be announced by an early fraud warning', async () => {
    const charge = chargeOf(await buy(stage, '4000000000005423'))
    await stage.pass(0)
    expect(types()).toContain('radar.early_fraud_warning.created')
    const [warning] = (await stage.stripe.radar.earlyFraudWarnings.list({ charge: charge.id })).data
    expect(warning).toMatchObject({ charge: charge.id, actionable: true, payment_intent: charge.payment_intent })
  })
})
