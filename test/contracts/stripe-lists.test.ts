import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, chargeOf, checkout, line, openStage, pay, refusal, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ enabledEvents: ['checkout.session.*'] })
})
afterEach(() => stage.close())

describe('lists', () => {
  it('come in pages of 10, newest first, and can be walked both ways', async () => {
    const ids: string[] = []
    for (let count = 0; count < 23; count += 1) {
      stage.state.now += 1
      ids.unshift((await stage.stripe.checkout.sessions.create(checkout())).id)
    }
    const first = await stage.stripe.checkout.sessions.list()
    expect([first.data.length, first.has_more]).toEqual([10, true])
    const walked: string[] = []
    for await (const session of stage.stripe.checkout.sessions.list({ limit: 5 })) walked.push(session.id)
    expect(walked).toEqual(ids)
    const back = await stage.stripe.checkout.sessions.list({ limit: 5, ending_before: ids[10] ?? '' })
    expect(back.data.map(({ id }) => id)).toEqual(ids.slice(5, 10))
    const last = await stage.stripe.checkout.sessions.list({ starting_after: ids[19] ?? '' })
    expect([last.data.length, last.has_more]).toEqual([3, false])
  })

  it('refuse limits beyond 100 and cursors that are nothing', async () => {
    expect(await refusal(stage.stripe.charges.list({ limit: 101 }))).toMatchObject({ param: 'limit' })
    expect(await refusal(stage.stripe.charges.list({ limit: 0 }))).toMatchObject({ code: 'parameter_invalid_integer' })
    expect(await refusal(stage.stripe.charges.list({ starting_after: 'ch_none' }))).toMatchObject({
      code: 'resource_missing',
    })
  })

  it('of sessions filter by intent, status and date', async () => {
    const open = await stage.stripe.checkout.sessions.create(checkout())
    stage.state.now += 100
    const paid = await buy(stage)
    const { sessions } = stage.stripe.checkout
    const ids = async (list: ReturnType<typeof sessions.list>) => (await list).data.map(({ id }) => id)
    const intent = String(chargeOf(paid).payment_intent)
    expect(await ids(sessions.list({ payment_intent: intent, limit: 1 }))).toEqual([paid.id])
    expect(await ids(sessions.list({ payment_intent: 'pi_none' }))).toEqual([])
    expect(await ids(sessions.list({ status: 'open' }))).toEqual([open.id])
    expect(await ids(sessions.list({ created: { gte: stage.state.now } }))).toEqual([paid.id])
    expect(await ids(sessions.list({ created: { lt: stage.state.now } }))).toEqual([open.id])
    expect(await ids(sessions.list({ customer_details: { email: 'ada@example.com' } }))).toEqual([paid.id])
  })

  it('of events filter by type, by types and by what was delivered', async () => {
    await buy(stage)
    const { events } = stage.stripe
    const types = async (list: ReturnType<typeof events.list>) => (await list).data.map(({ type }) => type)
    expect(await types(events.list({ type: 'charge.*' }))).toEqual(['charge.succeeded'])
    expect(await types(events.list({ types: ['payment_intent.succeeded', 'charge.succeeded'] }))).toEqual([
      'payment_intent.succeeded',
      'charge.succeeded',
    ])
    expect(await types(events.list({ delivery_success: false }))).toEqual([])
    const [one] = (await events.list({ type: 'checkout.session.completed' })).data
    expect(await events.retrieve(one?.id ?? '')).toMatchObject({
      type: 'checkout.session.completed',
      pending_webhooks: 0,
    })
    stage.state.now += 31 * 86_400
    expect(await types(events.list())).toEqual([])
  })
})

describe('expand', () => {
  it('opens a session to its line items and down to its refunds', async () => {
    const session = await buy(stage)
    const charge = chargeOf(session)
    expect(charge).not.toHaveProperty('refunds')
    await stage.stripe.refunds.create({ charge: charge.id, amount: 100 })
    const read = await stage.stripe.checkout.sessions.retrieve(session.id, {
      expand: [
        'line_items',
        'payment_intent.latest_charge.refunds',
        'payment_intent.latest_charge.balance_transaction',
      ],
    })
    expect(read.line_items?.data).toMatchObject([{ object: 'item', description: 'Field guide', amount_total: 1900 }])
    expect(chargeOf(read).refunds?.data).toMatchObject([{ object: 'refund', amount: 100 }])
    expect(chargeOf(read).balance_transaction).toMatchObject({ net: 1900 })
    const plain = await stage.stripe.checkout.sessions.retrieve(session.id)
    expect(plain.payment_intent).toMatch(/^pi_/)
  })

  it('opens every entry of a list, and its lists hold 10', async () => {
    const lines = Array.from({ length: 12 }, (_, count) => line(`Part ${count}`, 100))
    const session = await stage.stripe.checkout.sessions.create(checkout({ line_items: lines }))
    const read = await stage.stripe.checkout.sessions.list({ expand: ['data.line_items'] })
    const sub = read.data[0]?.line_items
    expect([sub?.data.length, sub?.has_more]).toEqual([10, true])
    expect(sub?.data[0]?.description).toBe('Part 0')
    const rest = { limit: 100, starting_after: sub?.data[9]?.id ?? '' }
    const more = await stage.stripe.checkout.sessions.listLineItems(session.id, rest)
    expect(more.data.map(({ description }) => description)).toEqual(['Part 10', 'Part 11'])
  })

  it('pages through more than 10 refunds of one charge', async () => {
    const session = await buy(stage)
    const charge = chargeOf(session)
    for (let count = 0; count < 12; count += 1) await stage.stripe.refunds.create({ charge: charge.id, amount: 10 })
    const read = await stage.stripe.charges.retrieve(charge.id, { expand: ['refunds'] })
    expect([read.refunds?.data.length, read.refunds?.has_more]).toEqual([10, true])
    const walked: string[] = []
    for await (const refund of stage.stripe.refunds.list({ charge: charge.id })) walked.push(refund.id)
    expect(walked).toHaveLength(12)
  })

  it('refuses what cannot be expanded', async () => {
    const session = await buy(stage)
    for (const path of ['currency', 'payment_intent.colour', 'metadata', 'a.b.c.d.e'])
      expect(await refusal(stage.stripe.checkout.sessions.retrieve(session.id, { expand: [path] }))).toMatchObject({
        statusCode: 400,
        param: 'expand',
      })
  })
})

describe('promotion codes', () => {
  it('lower what the buyer pays, down to nothing', async () => {
    await stage.stripe.coupons.create({ id: 'QUARTER', percent_off: 25, name: 'A quarter off' })
    const code = await stage.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'QUARTER' },
      code: 'SPRING',
      max_redemptions: 1,
    })
    const wish = checkout({ allow_promotion_codes: true, line_items: [line('a', 1001), line('b', 998)] })
    const session = await stage.stripe.checkout.sessions.create(wish)
    expect(await (await pay(session, { promotion_code: 'winter', action: 'apply' })).text()).toContain(
      'code is invalid',
    )
    expect(await (await pay(session, { promotion_code: 'spring', action: 'apply' })).text()).toContain('SPRING')
    await pay(session)
    const paid = await stage.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['line_items', 'discounts.promotion_code'],
    })
    expect(paid).toMatchObject({ amount_subtotal: 1999, amount_total: 1499, total_details: { amount_discount: 500 } })
    expect(paid.discounts).toMatchObject([{ coupon: null, promotion_code: { id: code.id, times_redeemed: 1 } }])
    expect(paid.line_items?.data.map(({ amount_discount }) => amount_discount)).toEqual([251, 249])
    const next = await stage.stripe.checkout.sessions.create(wish)
    expect(await (await pay(next, { promotion_code: 'SPRING' })).text()).toContain('code is invalid')
  })

  it('make an order free: no intent, no card', async () => {
    await stage.stripe.coupons.create({ id: 'GIFT', percent_off: 100 })
    await stage.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: 'GIFT' }, code: 'GIFT' })
    const session = await stage.stripe.checkout.sessions.create(checkout({ allow_promotion_codes: true }))
    expect((await pay(session, { promotion_code: 'GIFT', card: '' })).status).toBe(303)
    expect(await stage.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'no_payment_required',
      payment_intent: null,
      amount_subtotal: 1900,
      amount_total: 0,
    })
  })

  it('respect the currency, the minimum, and what can be charged at all', async () => {
    await stage.stripe.coupons.create({ id: 'USD', amount_off: 100, currency: 'usd' })
    await stage.stripe.coupons.create({ id: 'MUCH', amount_off: 1890, currency: 'eur' })
    await stage.stripe.coupons.create({ id: 'TEN', percent_off: 10 })
    const { promotionCodes } = stage.stripe
    await promotionCodes.create({ promotion: { type: 'coupon', coupon: 'USD' }, code: 'USD' })
    await promotionCodes.create({ promotion: { type: 'coupon', coupon: 'MUCH' }, code: 'MUCH' })
    const restrictions = { minimum_amount: 5000, minimum_amount_currency: 'eur' }
    await promotionCodes.create({ promotion: { type: 'coupon', coupon: 'TEN' }, code: 'BIG', restrictions })
    const session = await stage.stripe.checkout.sessions.create(checkout({ allow_promotion_codes: true }))
    const said = async (promotion_code: string) => (await pay(session, { promotion_code, action: 'apply' })).text()
    expect(await said('USD')).toContain('another currency')
    expect(await said('MUCH')).toContain('cannot be used with this order')
    expect(await said('BIG')).toContain('at least €50.00')
    const again = promotionCodes.create({ promotion: { type: 'coupon', coupon: 'TEN' }, code: 'big' })
    expect((await refusal(again)).message).toContain('already exists')
    expect((await promotionCodes.list({ code: 'BIG', active: true })).data).toHaveLength(1)
  })

  it('have an effect at once when the store sets the discount', async () => {
    await stage.stripe.coupons.create({ id: 'OFF5', amount_off: 500, currency: 'eur' })
    const session = await stage.stripe.checkout.sessions.create(checkout({ discounts: [{ coupon: 'OFF5' }] }))
    expect(session).toMatchObject({
      amount_subtotal: 1900,
      amount_total: 1400,
      discounts: [{ coupon: 'OFF5', promotion_code: null }],
    })
  })
})
