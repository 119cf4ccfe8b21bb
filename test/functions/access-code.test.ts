import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sendAccessCode } from '../../shop/downloads/send-access-code.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
let sessionId: string
let orderId: string
const EMAIL = 'buyer@example.com'

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

/** A paid order whose mails have gone out, and nobody has asked for a code. */
beforeEach(async () => {
  sessionId = await buy(platform, 'book')
  await platform.work()
  const [order] = await platform.rows<{ id: string }>('select id from orders where stripe_session_id = $1', [sessionId])
  orderId = order?.id ?? ''
})

const stranger = { 'x-nf-client-connection-ip': '203.0.113.9' }
const ask = (email = EMAIL, headers = {}) =>
  postAs(platform, '/send_access_code', { session_id: sessionId, email }, headers)
const guess = async (code: string, headers = {}) => {
  const answer = await postAs(platform, '/redeem_access_code', { session_id: sessionId, code }, headers)
  return { status: answer.status, body: (await answer.json()) as { access?: string; state?: string } }
}
const open = async (reference: object) => {
  const answer = await postAs(platform, '/get_entitlements', reference)
  return { status: answer.status, text: await answer.text() }
}

/** The codes that were mailed for this order, the newest last. */
async function codes(): Promise<string[]> {
  await platform.store.settled()
  await platform.work()
  const mails = (await platform.mails()).filter(({ idempotency_key }) => idempotency_key?.startsWith('access_code:'))
  const ids = await platform.rows<{ id: string }>(
    "select id from emails where order_id = $1 and kind = 'access_code' order by created_at",
    [orderId],
  )
  return ids.flatMap(({ id }) => {
    const mail = mails.find(({ idempotency_key }) => idempotency_key === id)
    return /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? []
  })
}
const newestCode = async () => (await codes()).at(-1) ?? ''
const another = (code: string) => (code === '000000' ? '000001' : '000000')
const pass = (time: string) =>
  platform.rows(
    'update access_codes set created_at = created_at - $1::interval, expires_at = expires_at - $1::interval',
    [time],
  )

describe('one browser’s success URL in a fresh browser', () => {
  it('shows no link, title or address; the right address and its code show the links; ten wrong codes end a code', async () => {
    const shown = await open({ session_id: sessionId })
    expect([shown.status, JSON.parse(shown.text).state]).toEqual([401, 'verify_email'])
    expect(shown.text).not.toMatch(/token|book|buyer|@/i)

    expect([(await ask()).status, await (await ask()).json()]).toEqual([202, { state: 'sent' }])
    const code = await newestCode()
    for (let left = 9; left >= 0; left--) {
      expect(await guess(another(code))).toEqual({ status: 401, body: { state: 'wrong_code', tries_left: left } })
    }
    expect(await guess(code)).toEqual({ status: 410, body: { state: 'code_over' } })

    await pass('61 seconds')
    await ask('  Buyer@Example.COM ')
    const second = await newestCode()
    const { status, body } = await guess(second)
    expect(status).toBe(200)
    const opened = await open({ access: body.access })
    expect([opened.status, JSON.parse(opened.text).downloads[0].title]).toEqual([200, 'A Book & More'])
    expect(await guess(second)).toEqual({ status: 410, body: { state: 'code_over' } })
  })
})

describe('POST /send_access_code', () => {
  it('answers the same whatever address was typed in, and mails to the right one only', async () => {
    const wrong = await Promise.all(
      ['other@example.com', 'buyer@example.co', 'buyer+1@example.com'].map((email) => ask(email)),
    )
    const unknown = await postAs(platform, '/send_access_code', { session_id: 'cs_test_unknownOne', email: EMAIL })
    expect(await codes()).toEqual([])
    const right = await ask()
    const told = await Promise.all(
      [...wrong, unknown, right].map(async (answer) => [answer.status, await answer.text()]),
    )
    expect(told).toEqual(Array(5).fill([202, '{"state":"sent"}']))
    expect(await codes()).toHaveLength(1)
    const to = await platform.rows("select distinct to_address from emails where kind = 'access_code'")
    expect(to).toEqual([{ to_address: EMAIL }])
  })

  it('does the same work before it answers, whether the address is right or not', async () => {
    const workFor = async (email: string) => {
      const statements: string[] = []
      const app = platform.app()
      const { db } = app
      const listening: typeof db = (strings, ...values) => {
        statements.push(strings.join('$'))
        return db(strings, ...values)
      }
      Object.defineProperty(app, 'db', { value: listening })
      await sendAccessCode(app, { sessionId, email })
      return statements
    }
    const forWrong = await workFor('other@example.com')
    expect(forWrong).toHaveLength(1)
    expect(await codes()).toEqual([])
    expect(await workFor(EMAIL)).toEqual(forWrong)
    expect(await codes()).toHaveLength(1)
  })

  it('keeps the code as a keyed hash and in its mail, and logs neither it nor the address', async () => {
    const logged = vi.spyOn(console, 'info')
    await ask()
    const code = await newestCode()
    await guess(code)
    expect(logged).toHaveBeenCalled()
    expect(JSON.stringify(logged.mock.calls)).not.toMatch(new RegExp(`\\b${code}\\b|${EMAIL}`))
    logged.mockRestore()
    const [row] = await platform.rows<{ code_hash: string }>('select * from access_codes where order_id = $1', [
      orderId,
    ])
    expect(row?.code_hash).toMatch(/^[0-9a-f]{64}$/)
    const [mail] = await platform.rows<{ subject: string; payload: object }>(
      "select subject, payload from emails where kind = 'access_code' and order_id = $1",
      [orderId],
    )
    expect(mail).toEqual({ subject: 'Your code for North Window', payload: {} })
  })

  it('sends no second mail within a minute, and the first code stays', async () => {
    for (let i = 0; i < 3; i++) await ask()
    const [code = '', ...others] = await codes()
    expect(others).toEqual([])
    expect((await guess(code)).status).toBe(200)
    await ask()
    expect(await codes()).toHaveLength(1)
  })

  it('makes a new code after a minute, which ends the old one and has ten tries of its own', async () => {
    await ask()
    const first = await newestCode()
    await guess(another(first))
    await pass('61 seconds')
    await ask()
    const second = await newestCode()
    expect((await codes()).length).toBe(2)
    expect(await guess(another(second))).toMatchObject({ body: { tries_left: 9 } })
    if (first !== second) expect(await guess(first)).toMatchObject({ status: 401 })
    expect((await guess(second)).status).toBe(200)
  })

  it('sends no mail with a code that is over by then', async () => {
    await ask()
    await pass('11 minutes')
    expect(await codes()).toEqual([])
    const [mail] = await platform.rows(
      "select voided_at is not null as is_void from emails where kind = 'access_code' and order_id = $1",
      [orderId],
    )
    expect(mail).toEqual({ is_void: true })
  })

  it('turns a network away after five wishes in ten minutes for one order, and never the order', async () => {
    await platform.rows('delete from rate_limits')
    const statuses = []
    for (let i = 0; i < 11; i++) statuses.push((await ask('wrong@example.com', stranger)).status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect((await ask(EMAIL)).status).toBe(202)
    expect((await guess(await newestCode())).status).toBe(200)
  })
})

describe('POST /redeem_access_code', () => {
  it('knows no code that was not asked for, for a known session as for an unknown one', async () => {
    const over = { status: 410, body: { state: 'code_over' } }
    expect(await guess('123456')).toEqual(over)
    const answer = await postAs(platform, '/redeem_access_code', { session_id: 'cs_test_unknownOne', code: '123456' })
    expect([answer.status, await answer.json()]).toEqual([410, over.body])
  })

  it('takes a code for ten minutes', async () => {
    await ask()
    const code = await newestCode()
    await pass('9 minutes 55 seconds')
    expect((await guess(another(code))).status).toBe(401)
    await pass('6 seconds')
    expect((await guess(code)).status).toBe(410)
  })

  it('takes a code for its own order only', async () => {
    await ask()
    const code = await newestCode()
    const other = await buy(platform, 'print')
    await platform.work()
    const answer = await post(platform, '/redeem_access_code', { session_id: other, code })
    expect(answer.status).toBe(410)
    expect((await guess(code)).status).toBe(200)
  })

  it('gives access for a day, which a corrected address ends', async () => {
    await ask()
    const { body } = await guess(await newestCode())
    const [, claims = ''] = body.access?.split('.') ?? []
    const { exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString())
    expect(exp - iat).toBe(86_400)
    await platform.rows('update orders set access_epoch = access_epoch + 1 where id = $1', [orderId])
    expect((await open({ access: body.access })).status).toBe(404)
  })

  it('takes no code that went to an address which was corrected since', async () => {
    await ask()
    const code = await newestCode()
    await platform.rows("update orders set email = 'right@example.com' where id = $1", [orderId])
    expect((await guess(code)).status).toBe(410)
  })

  it('shows the state of an order that is closed, and nothing of it', async () => {
    await ask()
    const { body } = await guess(await newestCode())
    await platform.rows("update orders set status = 'refunded', amount_refunded = amount_total where id = $1", [
      orderId,
    ])
    const { status, text } = await open({ access: body.access })
    expect([status, JSON.parse(text).state]).toEqual([403, 'refunded'])
  })

  it('turns a network away after 30 guesses in ten minutes', async () => {
    await platform.rows('delete from rate_limits')
    const statuses = await Promise.all(Array.from({ length: 61 }, async () => (await guess('123456', stranger)).status))
    expect(new Set(statuses)).toEqual(new Set([410, 429]))
  })

  it.each(['/send_access_code', '/redeem_access_code'])(
    '%s is for pages of the shop, and for what it expects',
    async (path) => {
      const body = { session_id: sessionId, email: EMAIL, code: '123456' }
      for (const site of ['cross-site', 'same-site', 'none']) {
        expect((await postAs(platform, path, body, { 'sec-fetch-site': site })).status).toBe(403)
      }
      expect((await postAs(platform, path, body)).status).toBe(400)
    },
  )
})
