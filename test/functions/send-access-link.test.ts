import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTokens } from '../../adapters/tokens.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { buy, post, postAs } from '../support/sale.ts'

const DAY_S = 86_400
let platform: TestPlatform
let sales = 0

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

/** A paid order of its own buyer, as a download link and the rows name it. */
async function sell() {
  sales += 1
  const email = `buyer${sales}@example.com`
  const sessionId = await buy(platform, 'book', { email })
  await platform.work()
  const [row] = await platform.rows<{ orderItemId: string; fileId: string; orderId: string }>(
    `select order_item_id as "orderItemId", file_id as "fileId", order_id as "orderId" from entitlements where stripe_session_id = $1`,
    [sessionId],
  )
  if (!row) throw new Error('nothing was sold')
  const grant = { orderItemId: row.orderItemId, fileId: row.fileId, epoch: 1 }
  const expired = async (secondsAgo = 3_600) => (await tokensOf(secondsAgo).mintDownload(grant, 900)).token
  return { email, sessionId, orderId: row.orderId, grant, expired }
}

/** The shop's tokens, minted so many seconds ago. */
function tokensOf(secondsAgo: number) {
  const secrets = (process.env.DOWNLOAD_TOKEN_SECRET ?? '').split(',')
  const now = () => new Date(Date.now() - secondsAgo * 1000)
  return createTokens({ secrets, issuer: platform.siteUrl, now, accessDays: 365 })
}

function postForm(fields: Record<string, string> | [string, string][], headers: Record<string, string> = {}) {
  const type = 'application/x-www-form-urlencoded;charset=UTF-8'
  return fetch(`${platform.siteUrl}/send_access_link`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', ...headers },
  })
}
const sendJson = (body: object) => postAs(platform, '/send_access_link', body)

/** Mails with a fresh link that the mail service has taken since the last time, and which of them went where. */
async function freshLinks() {
  const known = new Set(seen)
  await platform.store.settled()
  await platform.work()
  const mails = (await platform.mails()).filter(({ idempotency_key: key }) => key?.startsWith('access_link:'))
  seen = mails.map(({ id }) => id)
  return mails.filter(({ id }) => !known.has(id))
}
let seen: string[] = []

describe('the page of an expired link', () => {
  it('D5 offers a fresh link to the purchase email, with 410 and without a script', async () => {
    const token = await (await sell()).expired()
    const answer = await fetch(`${platform.siteUrl}/download?token=${token}`)
    expect(answer.status).toBe(410)
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'")
    const html = await answer.text()
    expect(html).toContain('expired')
    expect(html).toContain('<form method="post" action="/send_access_link">')
    expect(html).toContain(`<input type="hidden" name="token" value="${token}">`)
    expect(html).not.toContain('<script')
  })
})

describe('POST /send_access_link', () => {
  it('sends the buyer a link that opens the order, whatever the case of the address', async () => {
    const { email, expired } = await sell()
    const answer = await postForm({ token: await expired(), email: ` ${email.toUpperCase()} ` })
    expect([answer.status, await answer.text()]).toEqual([202, expect.stringContaining('on its way')])
    const [mail, ...more] = await freshLinks()
    expect(more).toEqual([])
    expect(mail).toMatchObject({ to: [email], subject: expect.stringContaining('fresh link') })
    expect(mail?.text).not.toContain('/download')
    const access = /\/success\/\?access=([\w.-]+)/.exec(mail?.text ?? '')?.[1]
    const opened = await postAs(platform, '/get_entitlements', { access })
    expect([opened.status, await opened.json()]).toEqual([200, expect.objectContaining({ state: 'paid' })])
  })

  it('answers the same for any address, and writes to nobody else', async () => {
    const { email, expired } = await sell()
    const token = await expired()
    const right = await postForm({ token, email })
    const wrong = await postForm({ token, email: 'eve@example.com' })
    const shown = async (answer: Response) => [answer.status, await answer.text(), [...answer.headers.keys()].sort()]
    expect(await shown(wrong)).toEqual(await shown(right))
    const json = await sendJson({ token, email: 'eve@example.com' })
    expect([json.status, await json.json()]).toEqual([202, { state: 'sent' }])
    expect((await freshLinks()).map(({ to }) => to)).toEqual([[email]])
  })

  it('sends one mail per order and hour, also to many at once', async () => {
    const { email, expired, orderId } = await sell()
    const token = await expired()
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendJson({ token, email })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 202))
    const [mail, ...more] = await freshLinks()
    expect(mail?.idempotency_key).toMatch(new RegExp(`^access_link:${orderId}:\\d{6}$`))
    expect(more).toEqual([])
  })

  it.each(['token', 'session_id', 'access'])('takes an order by its %s', async (name) => {
    const { email, expired, orderId, sessionId } = await sell()
    const access = await tokensOf(366 * DAY_S).mintAccess({ orderId, epoch: 1 }, 365 * DAY_S)
    const value = { token: await expired(), session_id: sessionId, access }[name] ?? ''
    expect((await sendJson({ [name]: value, email })).status).toBe(202)
    expect((await freshLinks()).map(({ to }) => to)).toEqual([[email]])
  })

  it('still takes a link that works, or whose epoch was raised: the mail goes to the buyer alone', async () => {
    const { email, grant, orderId } = await sell()
    const { token } = await tokensOf(0).mintDownload(grant, 900)
    await platform.rows('update orders set access_epoch = 2 where id = $1', [orderId])
    expect((await sendJson({ token, email })).status).toBe(202)
    expect(await freshLinks()).toHaveLength(1)
  })

  it('says in the mail that a refunded order opens without files', async () => {
    const { email, sessionId, orderId } = await sell()
    await platform.rows(
      "update orders set status = 'refunded', amount_refunded = amount_total, observed_at = clock_timestamp() where id = $1",
      [orderId],
    )
    expect((await sendJson({ session_id: sessionId, email })).status).toBe(202)
    expect((await freshLinks())[0]?.text).toContain('cannot be downloaded')
  })

  it('refuses links that were never good or are too old, and sends nothing', async () => {
    const { email, expired, orderId } = await sell()
    const token = await expired()
    const access = await tokensOf(0).mintAccess({ orderId, epoch: 1 }, 900)
    const answers = [
      await postForm({ token: `${token.slice(0, -4)}AAAA`, email }),
      await postForm({ token: access, email }),
      await sendJson({ access: token, email }),
      await postForm({ token: await expired(91 * DAY_S), email }),
      await postForm({ token: await expired(89 * DAY_S), email: 'eve@example.com' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 410, 202])
    expect(await freshLinks()).toEqual([])
  })

  it.each<[string, [string, string][], number]>([
    ['no token', [['email', 'a@example.com']], 400],
    ['no address', [['token', 'a.b.c']], 400],
    // biome-ignore format: a row
    ['two addresses', [['token', 'a.b.c'], ['email', 'a@example.com'], ['email', 'b@example.com']], 400],
    // biome-ignore format: a row
    ['a field that is not ours', [['token', 'a.b.c'], ['email', 'a@example.com'], ['x', '1']], 400],
    // biome-ignore format: a row
    ['an endless address', [['token', 'a.b.c'], ['email', `${'a'.repeat(400)}@example.com`]], 400],
    ['an endless body', [['token', 'a'.repeat(20_000)]], 413],
  ])('refuses a form with %s', async (_what, fields, status) => {
    const answer = await postForm(fields)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('text/html')
  })

  it('asks again for an address that cannot be one, and escapes what it repeats', async () => {
    for (const email of ['buyer', 'a@b', 'a@example.com\r\nbcc: b@example.com', '"><script>@x.y']) {
      const answer = await postForm({ token: '"><script>alert(1)</script>', email })
      const html = await answer.text()
      expect(answer.status).toBe(400)
      expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
      expect(html).not.toContain('<script')
    }
    expect((await sendJson({ token: 'a.b.c', email: 'buyer' })).status).toBe(400)
  })

  it('refuses what does not come from a page of the shop, form or not', async () => {
    const { email, expired } = await sell()
    const token = await expired()
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await postForm({ token, email }, headers)).status).toBe(403)
      expect((await post(platform, '/send_access_link', { token, email }, headers)).status).toBe(403)
    }
    expect((await fetch(`${platform.siteUrl}/send_access_link`)).status).toBe(405)
    expect(await freshLinks()).toEqual([])
  })

  it('lets nobody ask all day', async () => {
    const { email, expired } = await sell()
    const token = await expired()
    const visitor = { 'x-nf-client-connection-ip': '192.0.2.7' }
    const statuses = []
    for (let i = 0; i < 12; i++) statuses.push((await postForm({ token, email: 'eve@example.com' }, visitor)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 202), 429, 429])
    const answer = await postForm({ token, email }, visitor)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).toContain('too often')
    expect(await freshLinks()).toEqual([])
  })
})
