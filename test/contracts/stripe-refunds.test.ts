import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, chargeOf, openStage, refusal, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const types = () => stage.received.map((event) => event.type)
const chargeNow = (id: string) => stage.stripe.charges.retrieve(id)

async function bought(card?: string) {
  const charge = chargeOf(await buy(stage, card))
  await stage.pass(0)
  stage.received.length = 0
  return charge
}

describe('refunds', () => {
  it('give back everything by default', async () => {
    const charge = await bought()
    const intent = String(charge.payment_intent)
    const refund = await stage.stripe.refunds.create({
      payment_intent: intent,
      reason: 'requested_by_customer',
      metadata: { order_item_ids: 'itm_1' },
    })
    expect(refund).toMatchObject({
      amount: 1900,
      status: 'succeeded',
      charge: charge.id,
      payment_intent: intent,
      currency: 'eur',
    })
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 1900, refunded: true, status: 'succeeded' })
    await stage.pass(0)
    expect(types().sort()).toEqual(['charge.refunded', 'refund.created'])
    const told = stage.received.find((event) => event.type === 'charge.refunded')
    expect(told?.data.previous_attributes).toEqual({ amount_refunded: 0, refunded: false })
    expect((await stage.stripe.balance.retrieve()).available).toMatchObject([{ amount: 0, currency: 'eur' }])
  })

  it('give back parts until nothing is left', async () => {
    const charge = await bought()
    await stage.stripe.refunds.create({ charge: charge.id, amount: 500 })
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 500, refunded: false })
    const tooMuch = await refusal(stage.stripe.refunds.create({ charge: charge.id, amount: 1401 }))
    expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' })
    expect(tooMuch.message).toBe('Refund amount (€14.01) is greater than unrefunded amount on charge (€14.00)')
    await stage.stripe.refunds.create({ charge: charge.id })
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 1900, refunded: true })
    const again = await refusal(stage.stripe.refunds.create({ charge: charge.id, amount: 1 }))
    expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' })
  })

  it('are refused where there is nothing to refund', async () => {
    expect(await refusal(stage.stripe.refunds.create({}))).toMatchObject({ code: 'parameter_missing' })
    expect(await refusal(stage.stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({ statusCode: 404 })
    const charge = await bought('async')
    const early = await refusal(stage.stripe.refunds.create({ payment_intent: String(charge.payment_intent) }))
    expect(early.message).toContain('does not have a successful charge')
    expect(await refusal(stage.stripe.refunds.create({ charge: charge.id, amount: 0 }))).toMatchObject({
      code: 'parameter_invalid_integer',
    })
  })

  it('happen once under one idempotency key', async () => {
    const charge = await bought()
    const options = { idempotencyKey: 'refund:ord_1' }
    const tries = [1, 2, 3].map(() => stage.stripe.refunds.create({ charge: charge.id, amount: 100 }, options))
    expect(new Set((await Promise.all(tries)).map(({ id }) => id)).size).toBe(1)
    expect((await chargeNow(charge.id)).amount_refunded).toBe(100)
  })

  it('take a while with some cards', async () => {
    const charge = await bought('4000000000007726')
    const refund = await stage.stripe.refunds.create({ charge: charge.id })
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing', balance_transaction: null })
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 1900, refunded: true })
    await stage.pass(5)
    expect(await stage.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
    expect(types()).toContain('refund.updated')
    expect(types()).toContain('charge.refund.updated')
  })

  it('fail afterwards with others, and the charge has its money again', async () => {
    const charge = await bought('4000000000005126')
    const refund = await stage.stripe.refunds.create({ charge: charge.id })
    expect(refund.status).toBe('succeeded')
    await stage.pass(5)
    const failed = await stage.stripe.refunds.retrieve(refund.id)
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' })
    expect(failed.failure_balance_transaction).toMatch(/^txn_/)
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false })
    expect(types()).toContain('refund.failed')
    expect((await stage.stripe.balance.retrieve()).available[0]?.amount).toBe(1900)
  })

  it('can be called off while they wait, not later', async () => {
    const charge = await bought('4000000000007726')
    const refund = await stage.stripe.refunds.create({ charge: charge.id, amount: 900 })
    expect(await stage.stripe.refunds.cancel(refund.id)).toMatchObject({ status: 'canceled' })
    expect(await chargeNow(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false })
    await stage.pass(60)
    expect(await stage.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'canceled' })
    const other = await stage.stripe.refunds.create({ charge: charge.id, amount: 900 })
    await stage.pass(60)
    expect((await refusal(stage.stripe.refunds.cancel(other.id))).message).toContain('status of succeeded')
  })

  it('are listed by charge and by intent, newest first', async () => {
    const charge = await bought()
    await bought()
    const first = await stage.stripe.refunds.create({ charge: charge.id, amount: 100 })
    const second = await stage.stripe.refunds.create({ charge: charge.id, amount: 200 })
    const ids = [second.id, first.id]
    expect((await stage.stripe.refunds.list({ charge: charge.id })).data.map(({ id }) => id)).toEqual(ids)
    const intent = String(charge.payment_intent)
    expect((await stage.stripe.refunds.list({ payment_intent: intent })).data.map(({ id }) => id)).toEqual(ids)
  })
})
