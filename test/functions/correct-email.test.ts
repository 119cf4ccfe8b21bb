import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, sell } from '../support/portal.ts'
import { post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

let number = 0
const pair = () => [`wrogn${++number}@example.com`, `wrong${number}@example.com`] as const
const correct = (session_id: string, email: string) => post(platform, '/correct_email', { session_id, email })
const reading = async (answer: Response) => ({ status: answer.status, body: await answer.json() })
const opened = async (body: object) => (await (await post(platform, '/get_entitlements', body)).json()) as Opened
type Opened = {
  state: string
  order: { email: string; correctable_until: string | null }
  notice: string | null
  downloads: { url: string }[]
}
const receiptsTo = async (email: string) => {
  await platform.store.settled()
  await platform.work()
  return (await platform.mails()).filter(({ to, subject }) => to[0] === email && subject.includes('receipt'))
}
const accessIn = (text = '') => /access=([\w.-]+)/.exec(text)?.[1]

describe('POST /correct_email', () => {
  it('lets the buying browser correct it: new receipt, old links dead, history written', async () => {
    const [wrong, right] = pair()
    const { sessionId, orderId } = await sell(platform, wrong)
    const before = await opened({ session_id: sessionId })
    expect(before.order.email).toBe(wrong)
    const until = Date.parse(before.order.correctable_until ?? '') - Date.now()
    expect([until > 3_500_000, until <= 3_600_000]).toEqual([true, true])
    const oldAccess = accessIn((await receiptsTo(wrong))[0]?.text)

    const answer = await reading(await correct(sessionId, ` ${right.toUpperCase()}`))
    expect(answer).toEqual({ status: 200, body: { state: 'corrected', order: { email: right } } })

    const [receipt, ...more] = await receiptsTo(right)
    expect([receipt?.idempotency_key, more]).toEqual([`receipt:${orderId}:2`, []])
    expect((await postAs(platform, '/get_entitlements', { access: oldAccess })).status).toBe(404)
    expect((await fetch(before.downloads[0]?.url ?? '')).status).not.toBe(200)
    const after = await opened({ session_id: sessionId })
    expect([after.order.email, after.order.correctable_until]).toEqual([right, null])
    const byLink = await postAs(platform, '/get_entitlements', { access: accessIn(receipt?.text) })
    const seen = (await byLink.json()) as Opened
    expect([seen.order.email, seen.order.correctable_until]).toEqual(['w•••@e•••.com', null])
    expect(await platform.rows('select actor, change from order_changes where order_id = $1', [orderId])).toEqual([
      { actor: 'buyer', change: { email: { from: wrong, to: right } } },
    ])
  })

  it('shows the order to the new address only, and ends the sessions of the old one with that', async () => {
    const [wrong, right] = pair()
    const { sessionId, orderId } = await sell(platform, wrong)
    const cookie = await enterByLink(platform, wrong)
    await correct(sessionId, right)
    const ids = async (who: string) => {
      const { orders } = (await (await postAs(platform, '/get_purchases', {}, { cookie: who })).json()) as {
        orders: { id: string }[]
      }
      return orders.map(({ id }) => id)
    }
    expect(await ids(cookie)).toEqual([])
    expect(await ids(await enterByLink(platform, right))).toEqual([orderId])
  })

  it('is for no other browser, and tells it nothing', async () => {
    const [wrong, right] = pair()
    const { sessionId } = await sell(platform, wrong)
    const foreign = await reading(await postAs(platform, '/correct_email', { session_id: sessionId, email: right }))
    const unknown = await reading(
      await postAs(platform, '/correct_email', { session_id: 'cs_test_nobodyKnows1', email: right }),
    )
    expect([foreign.status, foreign.body.error.message]).toEqual([404, unknown.body.error.message])
    const cookie = `__Host-claim=${'a'.repeat(43)}`
    const other = await postAs(platform, '/correct_email', { session_id: sessionId, email: right }, { cookie })
    expect(other.status).toBe(404)
    expect(
      await platform.rows('select email, access_epoch from orders where stripe_session_id = $1', [sessionId]),
    ).toEqual([{ email: wrong, access_epoch: 1 }])
  })

  it('works once', async () => {
    const [wrong, right] = pair()
    const { sessionId, orderId } = await sell(platform, wrong)
    expect((await correct(sessionId, right)).status).toBe(200)
    expect(await reading(await correct(sessionId, wrong))).toEqual({
      status: 409,
      body: { state: 'already_corrected', message: expect.any(String) },
    })
    expect((await platform.rows('select email from orders where id = $1', [orderId]))[0]).toEqual({ email: right })
  })

  it('says when it is the same address, and does not use the one correction up', async () => {
    const [wrong, right] = pair()
    const { sessionId } = await sell(platform, wrong)
    expect((await reading(await correct(sessionId, wrong.toUpperCase()))).body.state).toBe('same_email')
    expect((await correct(sessionId, right)).status).toBe(200)
  })

  it('is too late an hour after paying', async () => {
    const [wrong, right] = pair()
    const { sessionId, orderId } = await sell(platform, wrong)
    await platform.rows("update orders set paid_at = now() - interval '60 minutes' where id = $1", [orderId])
    expect((await opened({ session_id: sessionId })).order.correctable_until).toBeNull()
    expect((await reading(await correct(sessionId, right))).body.state).toBe('too_late')
  })

  it('ends a code that went to the old address', async () => {
    const [wrong, right] = pair()
    const { sessionId } = await sell(platform, wrong)
    await postAs(platform, '/send_access_code', { session_id: sessionId, email: wrong })
    await platform.store.settled()
    await platform.work()
    const mail = (await platform.mails()).find(({ to, subject }) => to[0] === wrong && subject.includes('code'))
    const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? ''
    await correct(sessionId, right)
    expect((await postAs(platform, '/redeem_access_code', { session_id: sessionId, code })).status).toBe(410)
  })

  it.each(['', 'x', 'a@b.example\nBcc: c@d.example'])('refuses what is no address: %j', async (email) => {
    expect((await correct('cs_test_a1B2c3D4e5', email)).status).toBe(400)
  })

  it('is not undone by what Stripe says later', async () => {
    const [wrong, right] = pair()
    const { sessionId, orderId } = await sell(platform, wrong)
    await correct(sessionId, right)
    const { syncOrder } = await import('../../shop/orders/sync-order.ts')
    await syncOrder(platform.app(), sessionId)
    expect(
      await platform.rows('select email, stripe_email, access_epoch from orders where id = $1', [orderId]),
    ).toEqual([{ email: right, stripe_email: wrong, access_epoch: 2 }])
  })
})
