import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, post } from '../support/sale.ts'

let platform: TestPlatform
let stripe: Stripe

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  const { hostname, port } = new URL(platform.servicesUrl)
  stripe = new Stripe('sk_test_0123456789abcdef', { host: hostname, port, protocol: 'http' })
})
afterAll(() => platform.close())

async function openDownload(sessionId: string): Promise<string> {
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  const { downloads } = (await answer.json()) as { downloads: { url: string }[] }
  return downloads[0]?.url ?? ''
}

async function refund(sessionId: string, amount?: number): Promise<void> {
  const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
  await stripe.refunds.create({ payment_intent: String(payment_intent), ...(amount ? { amount } : {}) })
  await platform.stripe.deliverDue()
  await platform.work()
}

const statusOf = async (sessionId: string) =>
  (
    await platform.rows('select status, amount_refunded::int as back from orders where stripe_session_id = $1', [
      sessionId,
    ])
  )[0]

describe('a refund', () => {
  it('in full closes the order and the links that were given out before it', async () => {
    const sessionId = await buy(platform, 'book')
    await platform.work()
    const url = await openDownload(sessionId)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    await refund(sessionId)
    expect(await statusOf(sessionId)).toEqual({ status: 'refunded', back: 1900 })
    const answer = await fetch(url)
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('%PDF')
    const closed = await post(platform, '/get_entitlements', { session_id: sessionId })
    expect([closed.status, await closed.json()]).toEqual([403, { state: 'refunded', message: expect.any(String) }])
  })

  it('in two parts closes it exactly when the last cent has gone back', async () => {
    const sessionId = await buy(platform, 'book')
    await platform.work()
    const url = await openDownload(sessionId)
    await refund(sessionId, 900)
    expect(await statusOf(sessionId)).toEqual({ status: 'partially_refunded', back: 900 })
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    await refund(sessionId, 1000)
    expect(await statusOf(sessionId)).toEqual({ status: 'refunded', back: 1900 })
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(403)
  })

  it('known before the order still makes an order and a receipt, without links', async () => {
    const sessionId = await buy(platform, 'print')
    const { payment_intent } = await stripe.checkout.sessions.retrieve(sessionId)
    await stripe.refunds.create({ payment_intent: String(payment_intent) })
    await platform.rows("delete from jobs where payload ->> 'stripe_session_id' = $1", [sessionId])
    await platform.stripe.deliverDue()
    await platform.work()
    expect(await statusOf(sessionId)).toEqual({ status: 'refunded', back: 2500 })
    const mail = (await platform.mails()).find(({ text }) => text.includes('Refunded: −€25.00'))
    expect(mail?.subject).toContain('receipt')
    expect(`${mail?.html}${mail?.text}`).not.toContain('access=')
    expect(mail?.text).toContain('Refunded: −€25.00')
  })
})
