import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buy, pay, post } from '../support/sale.ts'
import { type FaultStage, openFaultStage } from './stage.ts'

let stage: FaultStage

beforeAll(async () => {
  stage = await openFaultStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.work())

/** Lets what Stripe has to tell come in, and the shop work on it; `seconds` pass at Stripe before. */
async function settle(seconds = 0): Promise<void> {
  await stage.pass(seconds)
  await stage.work()
}

async function buyTwo(): Promise<string> {
  const items = ['book', 'print'].map((slug) => ({ slug, quantity: 1 }))
  const { url } = (await (await post(stage, '/create_checkout_session', { items })).json()) as { url: string }
  await pay(url)
  await settle()
  return /cs_test_\w+/.exec(url)?.[0] ?? ''
}

/** What a buyer and a seller can tell of an order. */
async function state(sessionId: string) {
  const [order] = await stage.ordersOf(sessionId)
  const files = await stage.rows<{ slug: string }>(
    'select product_slug as slug from entitlements where stripe_session_id = $1 order by 1',
    [sessionId],
  )
  const mails = await stage.rows<{ kind: string }>(
    'select kind from emails where order_id = $1 and sent_at is not null order by kind',
    [order?.id],
  )
  return {
    status: order?.status,
    back: order?.back,
    files: files.map(({ slug }) => slug),
    mails: mails.map(({ kind }) => kind),
  }
}
const SALE = ['receipt', 'seller_sale']

describe('a refund', () => {
  it('F46 of one of two items blocks that item only', async () => {
    const sessionId = await buyTwo()
    await stage.refund(sessionId, 2500)
    await settle()
    expect(await state(sessionId)).toEqual({
      status: 'partially_refunded',
      back: 2500,
      files: ['book'],
      mails: ['receipt', 'refund', 'seller_sale'],
    })
  })

  it('F46 by an amount that no item explains keeps access, is recorded, and the buyer is told', async () => {
    const sessionId = await buyTwo()
    await stage.refund(sessionId, 321)
    await settle()
    expect(await state(sessionId)).toEqual({
      status: 'partially_refunded',
      back: 321,
      files: ['book', 'print'],
      mails: ['receipt', 'refund', 'seller_sale'],
    })
  })

  it('F47 in two parts blocks with the last cent, and not one cent before', async () => {
    const sessionId = await buy(stage, 'book')
    await settle()
    await stage.refund(sessionId, 1899)
    await settle()
    expect(await state(sessionId)).toMatchObject({ status: 'partially_refunded', back: 1899, files: ['book'] })
    await stage.refund(sessionId, 1)
    await settle()
    expect(await state(sessionId)).toEqual({
      status: 'refunded',
      back: 1900,
      files: [],
      mails: ['receipt', 'refund', 'refund', 'seller_sale'],
    })
  })

  it('F48 that is pending and then fails gives access back, and no mail says that it went through', async () => {
    const sessionId = await buy(stage, 'book', { card: '4000000000007726' })
    await settle()
    await stage.refund(sessionId)
    await settle()
    expect(await state(sessionId)).toEqual({ status: 'refunded', back: 1900, files: [], mails: SALE })
    await stage.press('fail-refund', sessionId)
    await settle()
    expect(await state(sessionId)).toEqual({ status: 'paid', back: 0, files: ['book'], mails: SALE })
  })

  it('F48 that is canceled gives access back as well', async () => {
    const sessionId = await buy(stage, 'book', { card: '4000000000007726' })
    await settle()
    const { id } = await stage.refund(sessionId)
    await settle()
    const stored = stage.ledger.get<object>('stripe.refunds', id)
    stage.ledger.put('stripe.refunds', id, { ...stored, status: 'canceled' })
    await stage.deliver({ type: 'refund.updated', object: { id, payment_intent: await stage.paymentOf(sessionId) } })
    await settle()
    expect(await state(sessionId)).toEqual({ status: 'paid', back: 0, files: ['book'], mails: SALE })
  })

  it('F48 that fails after its mail has gone out is corrected by another mail', async () => {
    const sessionId = await buy(stage, 'book', { card: '4000000000005126' })
    await settle()
    await stage.refund(sessionId)
    await settle()
    await settle(6)
    expect(await state(sessionId)).toEqual({
      status: 'paid',
      back: 0,
      files: ['book'],
      mails: ['receipt', 'refund', 'refund_failed', 'seller_sale'],
    })
  })
})

describe('a dispute', () => {
  const TOLD = ['receipt', 'seller_dispute', 'seller_dispute', 'seller_sale']

  it.each([
    ['won', { status: 'paid', back: 0, files: ['book'], mails: TOLD }],
    ['lost', { status: 'disputed', back: 0, files: [], mails: TOLD }],
  ])('F49 holds the order while it is open; %s ends it', async (end, expected) => {
    const sessionId = await buy(stage, 'book')
    await settle()
    await stage.press('dispute', sessionId)
    await settle()
    expect(await state(sessionId)).toMatchObject({ status: 'disputed', files: [] })
    await stage.press(`dispute-${end}`, sessionId)
    await settle()
    expect(await state(sessionId)).toEqual(expected)
  })

  it('F49 that is an inquiry only keeps access', async () => {
    const sessionId = await buy(stage, 'book', { card: '4000000000001976' })
    await settle(6)
    await settle()
    expect(await state(sessionId)).toEqual({
      status: 'paid',
      back: 0,
      files: ['book'],
      mails: ['receipt', 'seller_dispute', 'seller_sale'],
    })
  })
})
