import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, sell, signIn } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
afterEach(() => vi.unstubAllGlobals())

let number = 0
const newAddress = () => `owner${++number}@example.com`

describe('POST /get_my_data', () => {
  it('is a file with everything under the address, and with nothing of anybody else', async () => {
    const [email, other] = [newAddress(), newAddress()]
    const { orderId } = await sell(platform, email)
    const { orderId: foreign } = await sell(platform, other)
    await platform.rows("insert into mail_addresses (address, state, observed_at) values ($1, 'bounced', now())", [
      email,
    ])
    await platform.rows(
      `insert into refunds (stripe_refund_id, order_id, amount, currency, status, refunded_at) values ('re_mine', $1, 5, 'eur', 'succeeded', now())`,
      [orderId],
    )
    const cookie = await signIn(platform, email)
    const answer = await postAs(platform, '/get_my_data', {}, { cookie })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"')
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect([answer.headers.get('vary'), answer.headers.get('cache-control')]).toEqual(['Cookie', 'private, no-store'])
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({
      shop: platform.siteUrl,
      email,
      orders: [
        {
          id: orderId,
          amount_total: 1900,
          items: [{ title: 'A Book & More' }],
          refunds: [{ id: 're_mine' }],
          disputes: [],
        },
      ],
      mails: [{ kind: 'receipt', subject: expect.stringContaining('receipt') }],
      address: { state: 'bounced' },
      portal: { links_sent_at: null, sessions: [] },
    })
    expect(text).not.toContain(foreign)
    expect(text).not.toContain(other)
  })
})

describe('an order that was under another address before', () => {
  it('does not tell that address to whom it belongs to now', async () => {
    const [before, after] = [newAddress(), newAddress()]
    const { sessionId, orderId } = await sell(platform, before)
    expect((await post(platform, '/correct_email', { session_id: sessionId, email: after })).status).toBe(200)
    const cookie = await enterByLink(platform, after)
    const text = await (await postAs(platform, '/get_my_data', {}, { cookie })).text()
    expect(JSON.parse(text)).toMatchObject({
      orders: [
        { id: orderId, email: after, email_at_stripe: null, changes: [{ by: 'buyer', change: { email: 'changed' } }] },
      ],
    })
    expect(text).not.toContain(before)
  })
})

describe('POST /delete_account', () => {
  /** What the platform gives a function for a signed-in visitor. */
  const asPlatform = async (token?: string) =>
    vi.stubGlobal('netlifyIdentityContext', {
      url: `${platform.siteUrl}/.netlify/identity`,
      token: token ?? (await platform.identity.operatorToken()),
    })

  it('removes the account, ends every session and link, and keeps the orders', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    const link = await enterByLink(platform, email)
    const cookie = await signIn(platform, email)
    await asPlatform()
    const answer = await postAs(platform, '/delete_account', { confirm: true }, { cookie })
    expect([answer.status, await answer.json()]).toEqual([200, { state: 'deleted' }])
    const ended = answer.headers.getSetCookie().map((one) => one.split('=')[0])
    expect(ended.sort()).toEqual(['__Host-portal', 'nf_jwt', 'nf_refresh'])
    expect(answer.headers.getSetCookie().every((one) => one.includes('Max-Age=0'))).toBe(true)
    expect((await postAs(platform, '/get_purchases', {}, { cookie })).status).toBe(401)
    expect((await postAs(platform, '/get_purchases', {}, { cookie: link })).status).toBe(401)
    expect(await platform.rows('select email from orders where id = $1', [orderId])).toEqual([{ email }])
    const again = await signIn(platform, email)
    expect((await postAs(platform, '/get_purchases', {}, { cookie: again })).status).toBe(200)
  })

  it('needs a yes, and an account', async () => {
    const email = newAddress()
    await sell(platform, email)
    const cookie = await signIn(platform, email)
    for (const body of [{}, { confirm: false }, { confirm: 'true' }])
      expect((await postAs(platform, '/delete_account', body, { cookie })).status).toBe(400)
    const byLink = await postAs(
      platform,
      '/delete_account',
      { confirm: true },
      { cookie: await enterByLink(platform, email) },
    )
    expect([byLink.status, await byLink.json()]).toEqual([403, { state: 'account_only', message: expect.any(String) }])
    expect((await postAs(platform, '/get_purchases', {}, { cookie })).status).toBe(200)
  })

  it.each(['without the platform’s token', 'with a token that Identity refuses'])(
    'says 503 %s, and leaves everything as it is',
    async (how) => {
      expectErrors()
      const email = newAddress()
      await sell(platform, email)
      const link = await enterByLink(platform, email)
      const cookie = await signIn(platform, email)
      await asPlatform(how.startsWith('without') ? '' : 'a.b.c')
      expect((await postAs(platform, '/delete_account', { confirm: true }, { cookie })).status).toBe(503)
      expect((await postAs(platform, '/get_purchases', {}, { cookie })).status).toBe(200)
      expect((await postAs(platform, '/get_purchases', {}, { cookie: link })).status).toBe(200)
    },
  )
})
