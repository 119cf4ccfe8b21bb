import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { claimHeader } from '../support/claims.ts'
import { addDemoProducts, BOOK } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { portalTokenFor, sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { post, postAs } from '../support/sale.ts'

const BUYER = 'one.buyer@example.com'
const OTHER = 'another.buyer@example.com'

type Sale = Awaited<ReturnType<typeof sell>>
let platform: TestPlatform
let first: Sale
let second: Sale
let foreign: Sale

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  first = await sell(platform, BUYER)
  second = await sell(platform, BUYER)
  foreign = await sell(platform, OTHER)
})
afterAll(() => platform.close())

const cookieOf = ({ sessionId }: Sale) => claimHeader(sessionId).cookie ?? ''
const openAs = (cookie: string) =>
  postAs(platform, '/get_entitlements', { session_id: first.sessionId }, cookie ? { cookie } : {})

async function linkOf({ sessionId }: Sale): Promise<string> {
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  return ((await answer.json()) as { downloads: { url: string }[] }).downloads[0]?.url ?? ''
}

async function newestMail(to: string, text: RegExp): Promise<string> {
  await platform.store.settled()
  await platform.work()
  const mail = (await platform.mails()).find((each) => each.to[0] === to && text.test(each.text))
  return text.exec(mail?.text ?? '')?.[1] ?? ''
}
const CODE = /\b(\d{6})\b/
const ACCESS = /access=([\w.-]+)/

describe('E8 the cookie of the browser that bought', () => {
  it('opens the order among other cookies, and twice', async () => {
    const own = cookieOf(first)
    for (const cookie of [own, `a=b; ${own}; c=d`, `${own}; ${own}`, `  ${own}  `])
      expect((await openAs(cookie)).status).toBe(200)
  })

  it('is nothing without every letter of it, and each refusal is the same', async () => {
    const own = cookieOf(first)
    const secret = own.slice(own.indexOf('=') + 1)
    const wrong = [
      '',
      cookieOf(second),
      cookieOf(foreign),
      `${cookieOf(foreign)}; ${own}`,
      own.slice(0, -1),
      `${own}A`,
      own.toLowerCase().replace('__host', '__Host'),
      own.replace('__Host-claim', '__host-claim'),
      own.replace('__Host-claim', 'claim'),
      `__Host-claim="${secret}"`,
      `__Host-claim=${encodeURIComponent(`${secret}=`)}`,
      `__Host-claim==${secret}`,
      `x__Host-claim=${secret}`,
      '__Host-claim=null',
      `__Host-claim=${'A'.repeat(43)}`,
      `__Host-claim=${'A'.repeat(8_000)}`,
    ]
    const answers = await Promise.all(wrong.map(openAs))
    const told = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()].join(' ')))
    expect([...new Set(told)]).toEqual([expect.stringMatching(/^401 \{"state":"verify_email","message":"[^"]+"\}$/)])
  })

  it('is not what the database keeps of it', async () => {
    const [row] = await platform.rows<{ claim_hash: string }>(
      'select claim_hash from orders where stripe_session_id = $1',
      [first.sessionId],
    )
    expect((await openAs(`__Host-claim=${row?.claim_hash.slice(0, 43)}`)).status).toBe(401)
  })
})

describe('two orders of one buyer', () => {
  it('have a code each, which opens no other order', async () => {
    const wish = { session_id: first.sessionId, email: BUYER }
    expect((await postAs(platform, '/send_access_code', wish)).status).toBe(202)
    const code = await newestMail(BUYER, CODE)
    expect(code).toMatch(CODE)
    const guess = (sale: Sale) => postAs(platform, '/redeem_access_code', { session_id: sale.sessionId, code })
    for (const sale of [second, foreign]) expect((await guess(sale)).status).toBe(410)
    const { access } = (await (await guess(first)).json()) as { access: string }
    const opened = (await (await postAs(platform, '/get_entitlements', { access })).json()) as { order: { id: string } }
    expect(opened.order.id).toBe(first.orderId)
  })

  it('D6 lose only the links of the one that was refunded, HEAD and conditions included', async () => {
    const [lost, kept] = [await linkOf(first), await linkOf(second)]
    await platform.rows('update order_items set refunded_at = now() where id = $1', [first.itemId])
    const conditions: Record<string, string>[] = [
      {},
      { range: 'bytes=0-9' },
      { range: 'bytes=99999999-' },
      { 'if-none-match': `"${BOOK.sha256}"` },
      { 'if-none-match': '*' },
      { 'if-match': '"another"' },
    ]
    for (const headers of conditions)
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(lost, { method, headers })
        expect([method, headers, answer.status, answer.headers.get('etag')]).toEqual([method, headers, 403, null])
      }
    expect((await fetch(kept, { method: 'HEAD' })).status).toBe(200)
    await platform.rows('update order_items set refunded_at = null where id = $1', [first.itemId])
  })
})

describe('an order without an address', () => {
  it('opens in its browser, and can be asked for by nobody', async () => {
    await platform.store.settled()
    await platform.work()
    await platform.rows('update orders set email = null where id = $1', [second.orderId])
    const before = (await platform.mails()).length
    const { sessionId: session_id } = second
    for (const email of ['null@example.com', BUYER])
      for (const door of ['/send_access_code', '/send_access_link'])
        expect((await postAs(platform, door, { session_id, email })).status).toBe(202)
    for (const email of ['', 'null', ' '])
      expect((await postAs(platform, '/send_access_code', { session_id, email })).status).toBe(400)
    await platform.store.settled()
    await platform.work()
    expect(await platform.mails()).toHaveLength(before)
    expect((await fetch(await linkOf(second))).status).toBe(200)
    await platform.rows('update orders set email = $1 where id = $2', [BUYER, second.orderId])
  })
})

describe('D3 a token of another kind', () => {
  it('opens nothing but what it was made for', async () => {
    await postAs(platform, '/send_portal_link', { email: BUYER })
    const portal = await portalTokenFor(platform, BUYER)
    const access = await newestMail(BUYER, ACCESS)
    const download = new URL(await linkOf(first)).searchParams.get('token')
    expect([portal, access, download].map((token) => token?.split('.').length)).toEqual([3, 3, 3])
    for (const token of [portal, access])
      expect((await fetch(`${platform.siteUrl}/download?token=${token}`)).status).toBe(401)
    for (const token of [portal, download])
      expect((await postAs(platform, '/get_entitlements', { access: token })).status).toBe(401)
    for (const token of [access, download]) {
      const answer = await postAs(platform, '/open_portal_link', { token })
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
    }
    for (const wish of [{ token: access }, { token: portal }, { access: download }, { access: portal }])
      expect((await postAs(platform, '/send_access_link', { email: BUYER, ...wish })).status).toBe(401)
  })
})

describe('the name of a file', () => {
  it.each([
    ['quotes and semicolons', 'a"; filename="b.exe".pdf'],
    ['percent signs', '100%22%0d%0a.pdf'],
    ['200 emoji', '📘'.repeat(200)],
    ['Arabic', 'كتاب صغير.pdf'],
    ['a family', '👩‍👩‍👧.pdf'],
    ['one that grows when it is taken apart', 'ﷺ'.repeat(200)],
  ])('comes back whole from both stores: %s', async (_what, filename) => {
    await platform.rows('update product_files set filename = $1', [filename])
    const url = await linkOf(first)
    const streamed = await fetch(url, { method: 'HEAD' })
    expect(nameIn(streamed.headers.get('content-disposition'))).toBe(filename)
    const link = await platform.app().files.s3.link(`files/${BOOK.sha256}`, { filename, seconds: 60 })
    expect(nameIn(new URL(link ?? '').searchParams.get('response-content-disposition'))).toBe(filename)
    // Services take 8 KB of headers, the address included.
    expect(link?.length).toBeLessThan(8_000)
    await platform.rows('update product_files set filename = $1', [BOOK.filename])
  })
})

/** RFC 8187, as a browser reads it. The ASCII name beside it must end where its quotes do. */
function nameIn(disposition: string | null): string {
  const [, encoded = ''] =
    /^attachment; filename="[^"\\]*"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(disposition ?? '') ?? []
  return decodeURIComponent(encoded)
}

describe('the log', () => {
  let lines: MockInstance[]
  beforeEach(() => {
    lines = (['info', 'warn', 'error', 'log', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    )
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('holds no address, token, session, code or secret, whatever fails', async () => {
    expectErrors()
    const url = await linkOf(first)
    const token = new URL(url).searchParams.get('token') ?? ''
    const access = await newestMail(BUYER, ACCESS)
    const from = { 'x-nf-client-connection-ip': '203.0.113.77' }
    const { sessionId: session_id } = first
    const walk = async () => {
      await fetch(url, { headers: from }).then((answer) => answer.arrayBuffer())
      await postAs(platform, '/send_access_code', { session_id, email: BUYER }, from)
      await postAs(platform, '/redeem_access_code', { session_id, code: '123456' }, from)
      await postAs(platform, '/send_access_link', { session_id, email: BUYER }, from)
      await postAs(platform, '/send_access_link', { token, email: BUYER }, from)
      await post(platform, '/get_entitlements', { session_id }, from)
      await postAs(platform, '/get_entitlements', { access }, from)
      await platform.store.settled()
    }
    await walk()
    await platform.rows("update product_files set key = 'files/lost'")
    await walk()
    platform.faults.put({ service: 's3', mode: '500', count: 2 })
    await platform.rows("update product_files set store = 's3'")
    await walk()
    vi.stubEnv('NEON_SQL_ENDPOINT', 'http://127.0.0.1:1/sql')
    await walk()
    vi.unstubAllEnvs()
    await platform.rows('alter table access_codes rename to hidden_codes')
    await platform.rows('alter table downloads rename to hidden_downloads')
    await walk()
    await platform.rows('alter table hidden_codes rename to access_codes')
    await platform.rows('alter table hidden_downloads rename to downloads')
    await platform.rows(`update product_files set store = 'blobs', key = 'files/' || sha256`)
    const said = lines.flatMap(({ mock }) => mock.calls.map((words) => words.join(' '))).join('\n')
    expect(said).toContain('request_failed')
    const claim = cookieOf(first).split('=')[1] ?? ''
    const { DOWNLOAD_TOKEN_SECRET, FILES_S3_SECRET_ACCESS_KEY } = process.env
    const secrets = [BUYER, 'one.buyer', token, access, session_id, '123456', claim, '203.0.113.77']
    for (const secret of [...secrets, DOWNLOAD_TOKEN_SECRET ?? '', FILES_S3_SECRET_ACCESS_KEY ?? '']) {
      expect(secret.length).toBeGreaterThan(5)
      expect(said).not.toContain(secret)
    }
  })
})
