import { readdir, readFile } from 'node:fs/promises'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Purchases } from '../../shop/purchases/purchase-view.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, sell, signIn, unconfirm } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
afterEach(() => {
  platform.store.state.identity = 'up'
  vi.useRealTimers()
})

let number = 0
const newAddress = () => `buyer${++number}@example.com`

const ask = (path: string, body: object, cookie = '', headers = {}) =>
  postAs(platform, path, body, { ...(cookie ? { cookie } : {}), ...headers })
const reading = async (answer: Response) => ({ status: answer.status, body: await answer.json() })
const purchases = async (cookie: string, after?: string) =>
  (await (await ask('/get_purchases', after ? { after } : {}, cookie)).json()) as Purchases

/** Every door that answers by who asks, with a body that is valid. */
const DOORS: [string, object][] = [
  ['/get_purchases', {}],
  ['/get_download_link', { order_item_id: 'itm_nobodys', file_id: 'fil_prd_book' }],
  ['/send_purchase_links', { order_id: 'ord_nobodys' }],
  ['/get_my_data', {}],
  ['/delete_account', { confirm: true }],
]

describe('the doors of this test', () => {
  it('are all those that read who asks, so that what is shown here holds for every one', async () => {
    const folder = new URL('../../functions/', import.meta.url)
    const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'))
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
    const reading = names.filter((_name, i) => /identifyBuyer|\.identity\b|@netlify\/identity/.test(texts[i] ?? ''))
    expect(reading.map((name) => `/${name.replace('.ts', '')}`).sort()).toEqual(DOORS.map(([path]) => path).sort())
  })
})

describe('who is let in', () => {
  const forged = (alg: string, claims = {}) =>
    new SignJWT({
      sub: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      email: 'buyer@example.com',
      exp: 4_102_444_800,
      ...claims,
    })
      .setProtectedHeader({ alg, typ: 'JWT', kid: 'nf-ident' })
      .sign(new TextEncoder().encode('a key that is not of this site, 32 bytes'))
  const unsigned = () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: '1', email: 'buyer@example.com', exp: 4_102_444_800 })}.`
  }
  const COOKIES: [string, () => string | Promise<string>][] = [
    ['none', () => ''],
    ['garbage', () => 'nf_jwt=garbage'],
    ['garbage in three parts', () => 'nf_jwt=a.b.c'],
    ['alg none', () => `nf_jwt=${unsigned()}`],
    ['signed by a stranger', async () => `nf_jwt=${await forged('HS256')}`],
    ['expired', async () => `nf_jwt=${await forged('HS256', { exp: 1_000_000_000 })}`],
    ['a portal session that never was', () => `__Host-portal=pse_${'0'.repeat(26)}`],
    ['garbage for a portal session', () => '__Host-portal=pse_1'],
  ]

  it.each(COOKIES)('P1 nobody, on every door: %s', async (_what, cookie) => {
    for (const [path, body] of DOORS) {
      const { status, body: said } = await reading(await ask(path, body, await cookie()))
      expect([path, status, said.error?.code]).toEqual([path, 401, 'unauthenticated'])
    }
  })

  it('P1 not somebody whose session has expired at Identity', async () => {
    const cookie = await signIn(platform, newAddress())
    expect((await ask('/get_purchases', {}, cookie)).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_700_000 })
    expect((await ask('/get_purchases', {}, cookie)).status).toBe(401)
  })

  it('P2 an account with a buyer’s address that is not confirmed sees nothing, on every door', async () => {
    const email = newAddress()
    const { orderId, itemId } = await sell(platform, email)
    const cookie = await signIn(platform, email)
    unconfirm(platform, email)
    const before = (await platform.mails()).length
    const own: [string, object][] = [
      ...DOORS,
      ['/get_download_link', { order_item_id: itemId, file_id: 'fil_prd_book' }],
      ['/send_purchase_links', { order_id: orderId }],
    ]
    for (const [path, body] of own) {
      const { status, body: said } = await reading(await ask(path, body, cookie))
      expect([path, status, said]).toEqual([path, 403, { state: 'unconfirmed', message: expect.any(String) }])
    }
    await platform.work()
    expect((await platform.mails()).length).toBe(before)
  })

  it('P2 nobody while the site confirms addresses by itself, however confirmed', async () => {
    const email = newAddress()
    await sell(platform, email)
    const cookie = await signIn(platform, email)
    platform.store.state.identity = 'autoconfirm'
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    expectErrors()
    for (const [path, body] of DOORS) {
      const { status, body: said } = await reading(await ask(path, body, cookie))
      expect([path, status, said.error?.code, JSON.stringify(said)]).toEqual([
        path,
        503,
        'misconfigured',
        expect.not.stringContaining('autoconfirm'),
      ])
    }
  })

  it('P5 no page of another site', async () => {
    const cookie = await signIn(platform, newAddress())
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]) {
      for (const [path, body] of [
        ...DOORS,
        ['/close_portal', {}],
        ['/send_portal_link', { email: 'a@b.example' }],
      ] as const)
        expect([path, (await ask(path, body, cookie, headers)).status]).toEqual([path, 403])
    }
    const { siteUrl } = platform
    const bare = (origin?: string) =>
      fetch(`${siteUrl}/get_purchases`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', cookie, ...(origin ? { origin } : {}) },
      })
    expect((await bare('https://evil.example')).status).toBe(403)
    expect((await bare('null')).status).toBe(403)
    expect((await bare()).status).toBe(403)
    expect((await bare(siteUrl)).status).toBe(200)
  })

  it('P7 503 while Identity is down, and a link’s session goes on', async () => {
    const email = newAddress()
    await sell(platform, email)
    const account = await signIn(platform, email)
    const link = await enterByLink(platform, email)
    platform.store.state.identity = 'down'
    expectErrors()
    const down = await ask('/get_purchases', {}, account)
    expect([down.status, Number(down.headers.get('retry-after'))]).toEqual([503, expect.any(Number)])
    const both = await purchases(`${account}; ${link}`)
    expect([both.via, both.orders.length]).toEqual(['link', 1])
  })
})

describe('POST /get_purchases', () => {
  it('lists what was bought with the address, in whatever case it was written', async () => {
    const email = newAddress()
    const { orderId, itemId } = await sell(platform, ` ${email.toUpperCase()} `.trim())
    const cookie = await signIn(platform, email)
    const answer = await ask('/get_purchases', {}, cookie)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('vary')).toBe('Cookie')
    expect(await answer.json()).toEqual({
      email,
      via: 'account',
      next: null,
      banner: null,
      orders: [
        {
          id: orderId,
          status: 'paid',
          paid_at: expect.stringMatching(/^\d{4}-.*Z$/),
          currency: 'eur',
          total: 1900,
          tax: 0,
          discount: 0,
          refunded: 0,
          items: [
            {
              id: itemId,
              title: 'A Book & More',
              slug: 'book',
              quantity: 1,
              amount_total: 1900,
              refunded_at: null,
              revoked_at: null,
            },
          ],
          refunds: [],
          downloads: [
            {
              order_item_id: itemId,
              file_id: 'fil_prd_book',
              slug: 'book',
              title: 'A Book & More',
              filename: 'Größe – 1.pdf',
              size_bytes: expect.any(Number),
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
              version: 1,
              changelog: '',
              earlier: [],
            },
          ],
        },
      ],
    })
  })

  it('folds no dots and no plus signs', async () => {
    const email = newAddress()
    await sell(platform, email)
    const other = await purchases(await signIn(platform, email.replace('@', '+shop@')))
    expect(other.orders).toEqual([])
  })

  it('P7 answers somebody without orders with an empty list of the same shape', async () => {
    const email = newAddress()
    const empty = await purchases(await signIn(platform, email))
    expect(empty).toEqual({ email, via: 'account', orders: [], next: null, banner: null })
  })

  it('shows earlier versions under the current one', async () => {
    const email = newAddress()
    await platform.rows(
      `insert into product_files (id, product_id, version, filename, content_type, size_bytes, sha256, key, changelog)
       select 'fil_print2', product_id, 2, 'print 2.pdf', content_type, size_bytes, sha256, key, 'Sharper' from product_files where id = 'fil_prd_print'`,
    )
    await sell(platform, email, 'print')
    const { orders } = await purchases(await signIn(platform, email))
    expect(orders[0]?.downloads).toMatchObject([
      { file_id: 'fil_print2', version: 2, changelog: 'Sharper', earlier: [{ file_id: 'fil_prd_print', version: 1 }] },
    ])
  })

  it('pages by twenty, newest first, without a gap or a double, also over orders of the same moment', async () => {
    const email = newAddress()
    await platform.rows(
      `insert into orders (id, stripe_session_id, livemode, status, email, currency, amount_subtotal, amount_discount, amount_tax, amount_total, paid_at, observed_at, created_at)
       select 'ord_page' || lpad(i::text, 4, '0'), 'cs_page_' || i, false, 'paid', $1, 'eur', 100, 0, 0, 100, now(), now(), now() - (i / 7) * interval '1 microsecond'
       from generate_series(1, 45) i`,
      [email],
    )
    const cookie = await signIn(platform, email)
    const seen: string[] = []
    const sizes: number[] = []
    let after: string | undefined
    do {
      const page = await purchases(cookie, after)
      seen.push(...page.orders.map(({ id }) => id))
      sizes.push(page.orders.length)
      after = page.next ?? undefined
    } while (after)
    expect(sizes).toEqual([20, 20, 5])
    const [expected] = await platform.rows<{ ids: string[] }>(
      'select array_agg(id order by created_at desc, id desc) as ids from orders where email = $1',
      [email],
    )
    expect(seen).toEqual(expected?.ids)
  })

  it.each([
    '',
    'x',
    '2026-11-23T10:00:00.000000Z_itm_1234',
    "2026-11-23T10:00:00.000000Z_ord_1234' or 1=1",
    '9999-99-99T99:99:99.999999Z_ord_1234',
    '0000-01-01T00:00:00.000000Z_ord_1234',
    '2026-02-30T00:00:00.000000Z_ord_1234',
    '2026-02-28T24:00:00.000000Z_ord_1234',
  ])('refuses a place to go on from that is not one: %j', async (after) => {
    const cookie = await signIn(platform, newAddress())
    expect((await ask('/get_purchases', { after }, cookie)).status).toBe(400)
  })

  it('refuses fields that it does not know', async () => {
    expect((await ask('/get_purchases', { email: 'buyer1@example.com' })).status).toBe(400)
  })
})

describe('POST /get_download_link', () => {
  it('makes a link that works', async () => {
    const email = newAddress()
    const { itemId } = await sell(platform, email)
    const cookie = await signIn(platform, email)
    const answer = await ask('/get_download_link', { order_item_id: itemId, file_id: 'fil_prd_book' }, cookie)
    const { url, expires_at } = (await answer.json()) as { url: string; expires_at: string }
    const minutes = (Date.parse(expires_at) - Date.now()) / 60_000
    expect([minutes > 14, minutes <= 15]).toEqual([true, true])
    const file = await fetch(url)
    expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true])
  })

  it('P3 answers somebody else’s item like one that does not exist: same body, same statements', async () => {
    const [own, theirs] = [newAddress(), newAddress()]
    await sell(platform, own)
    const { itemId, orderId } = await sell(platform, theirs)
    const cookie = await signIn(platform, own)
    const doors: [string, object, object][] = [
      [
        '/get_download_link',
        { order_item_id: itemId, file_id: 'fil_prd_book' },
        { order_item_id: 'itm_nobodys', file_id: 'fil_prd_book' },
      ],
      ['/send_purchase_links', { order_id: orderId }, { order_id: 'ord_nobodys' }],
    ]
    for (const [path, foreign, random] of doors) {
      const watched = [await watch(path, foreign, cookie), await watch(path, random, cookie)]
      expect(watched[0]?.status).toBe(404)
      expect(watched[0]).toEqual(watched[1])
      expect(watched[0]?.statements.length).toBeGreaterThan(1)
    }
  })

  it('P3 and a refunded one of their own as well', async () => {
    const email = newAddress()
    const { itemId, orderId } = await sell(platform, email)
    await platform.rows("update orders set status = 'refunded', amount_refunded = amount_total where id = $1", [
      orderId,
    ])
    const cookie = await signIn(platform, email)
    const body = { order_item_id: itemId, file_id: 'fil_prd_book' }
    expect((await ask('/get_download_link', body, cookie)).status).toBe(404)
    const { orders } = await purchases(cookie)
    expect([orders[0]?.status, orders[0]?.refunded, orders[0]?.downloads]).toEqual(['refunded', 1900, []])
  })
})

/** What a door answers, less the request's id, and the statements that it sends to the database meanwhile. */
async function watch(path: string, body: object, cookie: string) {
  const statements: string[] = []
  const endpoint = process.env.NEON_SQL_ENDPOINT
  const original = globalThis.fetch
  vi.stubGlobal('fetch', (url: string | URL | Request, init?: RequestInit) => {
    if (String(url) === endpoint) statements.push(JSON.parse(String(init?.body)).query)
    return original(url, init)
  })
  try {
    const answer = await original(platform.siteUrl + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
    })
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    return { status: answer.status, code: error.code, message: error.message, statements }
  } finally {
    vi.unstubAllGlobals()
  }
}

describe('POST /send_purchase_links', () => {
  it('P7 sends one mail for ten wishes, and says when the next can go', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    const cookie = await signIn(platform, email)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask('/send_purchase_links', { order_id: orderId }, cookie)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 9 }, () => 429)])
    const late = answers.find(({ status }) => status === 429)
    const wait = Number(late?.headers.get('retry-after'))
    expect([wait > 86_000, wait <= 86_400]).toEqual([true, true])
    await platform.store.settled()
    await platform.work()
    const mails = (await platform.mails()).filter(({ to, subject }) => to[0] === email && subject.includes('ready'))
    expect(mails).toHaveLength(1)
    await platform.rows("update orders set paid_at = paid_at - interval '1 day' where id = $1", [orderId])
    expect((await ask('/send_purchase_links', { order_id: orderId }, cookie)).status).toBe(202)
  })
})

describe('how often a network may ask', () => {
  it('turns away who asks for more than 60 pages a minute', async () => {
    const from = { 'x-nf-client-connection-ip': '192.0.2.77' }
    const answers = []
    for (let i = 0; i < 61; i++) answers.push((await ask('/get_purchases', {}, '', from)).status)
    expect([answers.slice(0, 60).every((status) => status === 401), answers[60]]).toEqual([true, 429])
  })
})
