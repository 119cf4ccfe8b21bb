import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellLinksReady } from '../../shop/mail/tell-links-ready.ts'
import { openForeignSession } from '../simulator/stock.ts'
import { claimHeader } from '../support/claims.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, click, pay, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const PATH = '/get_entitlements'
const BUYER = 'buyer@example.com'

const open = async (body: unknown) => reading(await post(platform, PATH, body))
const openAs = async (body: unknown, headers = {}) => reading(await postAs(platform, PATH, body, headers))
const reading = async (answer: Response) => ({ status: answer.status, text: await answer.text() })
const stripeCalls = async () =>
  ((await (await fetch(`${platform.servicesUrl}/stats.json`)).json()) as { stripe: number }).stripe

async function callsDuring(act: () => Promise<unknown>): Promise<number> {
  const before = await stripeCalls()
  await act()
  return (await stripeCalls()) - before
}

/** Puts the order of a session into a state from outside, as if every sync had long been through. */
async function become(sessionId: string, status: string): Promise<void> {
  await platform.rows('alter table orders disable trigger user')
  await platform.rows(
    `update orders set status = $1, review_reason = 'a test', observed_at = clock_timestamp(),
       amount_refunded = case when $1 = 'refunded' then amount_total else 0 end where stripe_session_id = $2`,
    [status, sessionId],
  )
}

/** What Stripe does with a session that nobody pays within its time. */
async function expire(sessionId: string): Promise<void> {
  const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` }
  const path = `/v1/checkout/sessions/${sessionId}/expire`
  const { status } = await fetch(platform.servicesUrl + path, { method: 'POST', headers })
  if (status !== 200) throw new Error(`the session does not expire: ${status}`)
}

describe('what is no order reference', () => {
  it.each([
    ['missing', '{}'],
    ['an array', '[]'],
    ['a number', '7'],
    ['nested', '{"session_id":{"id":"cs_test_a1B2c3D4"}}'],
  ])('E1 is refused with 400: %s', async (_what, body) => {
    const calls = await callsDuring(async () => expect((await openAs(body)).status).toBe(400))
    expect(calls).toBe(0)
  })

  it.each([
    '{CHECKOUT_SESSION_ID}',
    '%7BCHECKOUT_SESSION_ID%7D',
    'pi_1234567890',
    'cs_test_a/../b',
    `cs_test_${'a'.repeat(260)}`,
  ])('E2 is refused with 400 and no call to Stripe: %s', async (session_id) => {
    const calls = await callsDuring(async () => expect((await openAs({ session_id })).status).toBe(400))
    expect(calls).toBe(0)
  })

  it('E4 is not asked about at Stripe again for a minute, and a stranger’s session looks the same', async () => {
    const [unknown, foreign] = ['cs_test_nobodyKnowsThis', await openForeignSession(platform)]
    const first = [await openAs({ session_id: unknown }), await openAs({ session_id: foreign })]
    expect(first.map(({ status }) => status)).toEqual([404, 404])
    expect(first[1]?.text).toBe(first[0]?.text)
    const again = () => Promise.all([unknown, foreign].map((session_id) => openAs({ session_id })))
    const calls = await callsDuring(async () => expect(await again()).toEqual(first))
    expect(calls).toBe(0)
    await platform.rows("update unknown_sessions set asked_at = now() - interval '61 s'")
    expect(await callsDuring(again)).toBe(2)
  })

  it('E4 is remembered in a table that forgets', async () => {
    await platform.rows(`insert into unknown_sessions (stripe_session_id, asked_at)
      select 'cs_test_old' || i, now() - interval '2 minutes' from generate_series(1, 8) i`)
    await openAs({ session_id: 'cs_test_anotherStranger' })
    expect(await platform.rows("select 1 from unknown_sessions where stripe_session_id like 'cs_test_old%'")).toEqual(
      [],
    )
  })
})

describe('a session that is not paid', () => {
  it('E5 is processing while it is open, and while its payment is under way, for anybody', async () => {
    const { url, sessionId } = await click(platform, 'book')
    expect(await open({ session_id: sessionId })).toEqual({ status: 202, text: '{"state":"processing"}' })
    await pay(url, { card: 'AT611904300234573201' })
    const shown = [await open({ session_id: sessionId }), await openAs({ session_id: sessionId })]
    expect(shown).toEqual(Array(2).fill({ status: 202, text: '{"state":"processing"}' }))
  })

  it('E6 is gone when it has expired or its payment has failed, for anybody', async () => {
    const { sessionId: abandoned } = await click(platform, 'book')
    const failed = await buy(platform, 'book', { card: 'AT861904300235473202' })
    await expire(abandoned)
    await platform.pass(11)
    await platform.work()
    for (const [session_id, state] of [
      [abandoned, 'expired'],
      [failed, 'failed'],
    ]) {
      const shown = [await open({ session_id }), await openAs({ session_id })]
      expect(shown[1]).toEqual(shown[0])
      expect([shown[0]?.status, JSON.parse(shown[0]?.text ?? '')]).toEqual([
        410,
        { state, message: expect.stringContaining('nothing was charged') },
      ])
    }
  })
})

describe('a paid order', () => {
  it.each(['book', 'free'])('E7 gives its browser links that live for 15 minutes: %s', async (slug) => {
    const { status, text } = await open({ session_id: await buy(platform, slug) })
    const [download] = JSON.parse(text).downloads
    const seconds = (Date.parse(download.expires_at) - Date.now()) / 1000
    expect([status, seconds > 880 && seconds <= 900]).toEqual([200, true])
    expect((await fetch(download.url, { method: 'HEAD' })).status).toBe(200)
  })

  it.each(['paid', 'partially_refunded', 'refunded', 'disputed', 'review'])(
    'E8 tells another browser nothing but that there is something to verify: %s',
    async (status) => {
      const sessionId = await buy(platform, 'book')
      const other = await click(platform, 'print')
      await open({ session_id: sessionId })
      await become(sessionId, status)
      const claims = [{}, claimHeader(other.sessionId), { cookie: '__Host-claim=x' }]
      const answers = await Promise.all(claims.map((cookie) => openAs({ session_id: sessionId }, cookie)))
      for (const { status, text } of answers) {
        expect([status, JSON.parse(text)]).toEqual([401, { state: 'verify_email', message: expect.any(String) }])
        expect(text).not.toMatch(/buyer|example\.com|book|token|ord_|1900|refund|disput|review/i)
      }
    },
  )

  it('E8 bought without a claim is nobody’s', async () => {
    const sessionId = await buy(platform, 'book')
    await open({ session_id: sessionId })
    await platform.rows('update orders set claim_hash = null where stripe_session_id = $1', [sessionId])
    expect((await open({ session_id: sessionId })).status).toBe(401)
  })

  it.each(['refunded', 'disputed', 'review'])('E9 that is %s tells its browser so, and no more', async (status) => {
    const sessionId = await buy(platform, 'book')
    await open({ session_id: sessionId })
    await become(sessionId, status)
    const answer = await open({ session_id: sessionId })
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, { state: status, message: expect.any(String) }])
  })

  it('E10 that is partly refunded shows the items that are left', async () => {
    const items = ['book', 'print'].map((slug) => ({ slug, quantity: 1 }))
    const begun = await post(platform, '/create_checkout_session', { items })
    const { url } = (await begun.json()) as { url: string }
    await pay(url)
    const session_id = /cs_test_\w+/.exec(url)?.[0] ?? ''
    await platform.work()
    const body = new URLSearchParams({ id: session_id, amount: '25.00' })
    await fetch(`${platform.servicesUrl}/people/stripe/refund`, { method: 'POST', body, redirect: 'manual' })
    await platform.pass(0)
    await platform.work()
    const { status, text } = await open({ session_id })
    expect([status, JSON.parse(text).downloads.map(({ slug }: { slug: string }) => slug)]).toEqual([200, ['book']])
    expect(JSON.parse(text).order).toMatchObject({ total: 4400, refunded: 2500 })
  })
})

describe('the mail about links that are ready', () => {
  const told = (sessionId: string) =>
    platform.rows<{ id: string }>(
      "select e.id from emails e join orders o on o.id = e.order_id where stripe_session_id = $1 and kind = 'links_ready' order by 1",
      [sessionId],
    )
  async function tell(sessionId: string) {
    const [order] = await platform.rows<{ id: string }>('select id from orders where stripe_session_id = $1', [
      sessionId,
    ])
    return tellLinksReady(platform.app(), order?.id ?? '')
  }
  async function look(session_id: string, headers?: Record<string, string>) {
    await (headers ? openAs({ session_id }, headers) : open({ session_id }))
    await platform.store.settled()
  }

  it('goes out when the buyer opens the order, says how to get fresh links and carries none', async () => {
    const sessionId = await buy(platform, 'book')
    await look(sessionId, {})
    expect(await told(sessionId)).toEqual([])
    await look(sessionId)
    const [{ id } = { id: '' }] = await told(sessionId)
    expect(id).toMatch(/^links_ready:ord_\w+:0$/)
    await platform.work()
    const mail = (await platform.mails()).find(({ idempotency_key }) => idempotency_key === id)
    expect(mail).toMatchObject({ to: [BUYER], subject: 'Your download links from North Window are ready' })
    expect(mail?.text).toContain('15 minutes')
    expect(mail?.text).toContain(`${platform.siteUrl}/purchases/`)
    expect(`${mail?.html}${mail?.text}`).not.toMatch(/\/download|token=/)
    const access = /access=([\w.-]+)/.exec(mail?.text ?? '')?.[1]
    expect((await openAs({ access })).status).toBe(200)
  })

  it('goes out again after a day, when the order is opened by its link too', async () => {
    const sessionId = await buy(platform, 'book')
    await look(sessionId)
    await platform.rows("update orders set paid_at = paid_at - interval '25 hours' where stripe_session_id = $1", [
      sessionId,
    ])
    await look(sessionId)
    await look(sessionId)
    expect((await told(sessionId)).map(({ id }) => id.split(':')[2])).toEqual(['0', '1'])
  })

  it('does not go out for an order that was refunded before it could be sent', async () => {
    const sessionId = await buy(platform, 'book')
    await look(sessionId)
    await become(sessionId, 'refunded')
    // The sync that still waits would find the order paid at Stripe.
    await platform.rows("delete from jobs where kind = 'sync_order'")
    await platform.work()
    const [mail] = await told(sessionId)
    const [row] = await platform.rows('select sent_at, voided_at is not null as is_void from emails where id = $1', [
      mail?.id,
    ])
    expect(row).toEqual({ sent_at: null, is_void: true })
  })

  it('is not written to an order whose address takes no mail', async () => {
    const sessionId = await buy(platform, 'book')
    await look(sessionId, {})
    await platform.rows('update orders set email = null where stripe_session_id = $1', [sessionId])
    await look(sessionId)
    expect([await tell(sessionId), await told(sessionId)]).toEqual([false, []])
  })

  it.each(['refunded', 'disputed', 'review'])(
    'cannot be asked for while the order is %s, and once when it is not',
    async (status) => {
      const sessionId = await buy(platform, 'book')
      await look(sessionId, {})
      await become(sessionId, status)
      expect(await tell(sessionId)).toBe(false)
      await become(sessionId, 'paid')
      expect([await tell(sessionId), await tell(sessionId)]).toEqual([true, false])
    },
  )
})

describe('who may ask', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['an address typed in', { 'sec-fetch-site': 'none' }],
  ])('E12 %s gets 403, and no permission to read it', async (_who, headers) => {
    const session_id = await buy(platform, 'book')
    const answer = await post(platform, PATH, { session_id }, { ...headers, origin: 'https://evil.example' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  it.each([PATH, '/send_access_code', '/redeem_access_code'])('E12 a preflight of %s is not answered', async (path) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await fetch(platform.siteUrl + path, { method: 'OPTIONS', headers })
    const granted = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'))
    expect([answer.status, answer.headers.get('allow'), granted]).toEqual([405, 'POST', []])
  })

  it('E13 with Stripe down an order that we have opens, and one that we lack is processing', async () => {
    const [known, lost] = [await buy(platform, 'book'), await buy(platform, 'book')]
    await open({ session_id: known })
    await platform.rows('delete from jobs')
    platform.faults.put({ service: 'stripe', mode: '500', count: 100 })
    expectErrors()
    const shown = [await open({ session_id: known }), await open({ session_id: lost })]
    platform.faults.put({ service: 'stripe', mode: '500', count: 0 })
    expect(shown.map(({ status }) => status)).toEqual([200, 202])
    expect((await open({ session_id: lost })).status).toBe(200)
  })

  it('E13 turns a network away that asks more than 60 times a minute, and nobody else', async () => {
    const session_id = await buy(platform, 'book')
    const from = (address: string) => ({ ...claimHeader(session_id), 'x-nf-client-connection-ip': address })
    const ask = (address: string) => postAs(platform, PATH, { session_id }, from(address))
    /** As if this many had been let in, in this window and in the next, which may begin meanwhile. */
    const letIn = async (visits: number) => {
      await platform.rows('update rate_limits set hits = $1', [visits])
      await platform.rows(
        "insert into rate_limits select key, window_start + interval '60 s', hits from rate_limits on conflict do nothing",
      )
    }
    await platform.rows('delete from rate_limits')
    expect((await ask('2001:db8:1:2::1')).status).toBe(200)
    await letIn(59)
    expect((await ask('2001:db8:1:2::2')).status).toBe(200)
    await letIn(60)
    // A household may change the second half of its address at will.
    const turnedAway = await ask('2001:db8:1:2:ffff::3')
    const wait = Number(turnedAway.headers.get('retry-after'))
    expect([turnedAway.status, wait > 0 && wait <= 60]).toEqual([429, true])
    expect(await turnedAway.json()).toMatchObject({ error: { code: 'too_many_requests' } })
    expect((await ask('2001:db8:1:3::1')).status).toBe(200)
    expect(JSON.stringify(await platform.rows('select * from rate_limits'))).not.toMatch(/2001:db8/)
  })
})
