import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const BASKET = { items: [{ slug: 'book', quantity: 1 }] }
const NASTY = ['unknown', '../x', '%2e%2e%2f', '\0', 'x'.repeat(300), '😀', "' OR 1=1--", 'BOOK', '__proto__', '']
const basketOf = (item: object, more: object = {}) => ({ items: [{ slug: 'book', quantity: 1, ...item }], ...more })
const begun = async () => {
  await platform.store.settled()
  return (await platform.rows('select 1 from checkouts')).length
}

/** Runs `work` and expects that no checkout was begun by it. */
async function beginningNothing(work: () => Promise<unknown>): Promise<void> {
  const before = await begun()
  await work()
  expect(await begun()).toBe(before)
}

describe('POST /create_checkout_session', () => {
  it.each(NASTY)('C1 knows no product %j, and asks no database about what cannot be a slug', (slug) =>
    beginningNothing(async () => {
      const answer = await post(platform, '/create_checkout_session', basketOf({ slug }))
      const body = (await answer.json()) as { items?: unknown }
      const error = { code: 'not_found', message: 'There is no such product.', request_id: 'req_test' }
      expect([answer.status, body]).toEqual([
        404,
        body.items ? { error, items: [{ slug, moved_to: null }] } : { error },
      ])
      // Only what can be a slug was asked about.
      expect(body.items !== undefined).toBe(slug === 'unknown')
    }),
  )

  it.each([
    ['draft', 404],
    ['gone', 410],
    ['tool', 400],
  ])('C2 answers %s with %i, and names it', async (slug, status) => {
    const items = [
      { slug: 'book', quantity: 1 },
      { slug, quantity: 1 },
    ]
    const answer = await post(platform, '/create_checkout_session', { items })
    expect([answer.status, await answer.json()]).toMatchObject([status, { items: [{ slug, moved_to: null }] }])
  })

  it('leads whoever leaves the payment page back to the basket', async () => {
    const answer = await post(platform, '/create_checkout_session', BASKET)
    const { url } = (await answer.json()) as { url: string }
    const headers = { authorization: 'Bearer sk_test_0123456789abcdef' }
    const id = /cs_test_\w+/.exec(url)?.[0]
    const session = await fetch(`${platform.servicesUrl}/v1/checkout/sessions/${id}`, { headers })
    expect(await session.json()).toMatchObject({ cancel_url: `${platform.siteUrl}/basket/` })
  })

  it.each([0, -1, 1.5, 1e3, '01', 10 ** 9, null, [1]])('C3 refuses a quantity of %j', (quantity) =>
    beginningNothing(async () =>
      expect((await post(platform, '/create_checkout_session', basketOf({ quantity }))).status).toBe(400),
    ),
  )

  it.each(['price', 'amount', 'unit_amount', 'currency', 'success_url', 'metadata'])(
    'C4 refuses %s, in the basket and in a line: nothing that a page sends is a price',
    (field) =>
      beginningNothing(async () => {
        expect((await post(platform, '/create_checkout_session', basketOf({ [field]: 1 }))).status).toBe(400)
        expect((await post(platform, '/create_checkout_session', basketOf({}, { [field]: 1 }))).status).toBe(400)
      }),
  )

  it.each<[string, Record<string, string | undefined>]>([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['none', { 'sec-fetch-site': 'none' }],
    ['no word, and no Origin', {}],
    ['no word, and Origin null', { origin: 'null' }],
    ['no word, and another Origin', { origin: 'https://evil.example' }],
    ['no word, and an Origin that begins like ours', { origin: `${'http://localhost'}.evil.example` }],
  ])('C10 refuses a request that says %s', (_what, headers) =>
    beginningNothing(async () => expect((await send(BASKET, headers)).status).toBe(403)),
  )

  it('C10 takes one without the word from our own Origin: older browsers', async () => {
    expect((await send(BASKET, { origin: platform.siteUrl })).status).toBe(201)
  })

  it.each<[string, string, Record<string, string>, number]>([
    ['plain text', JSON.stringify(BASKET), { 'content-type': 'text/plain' }, 415],
    ['no type', JSON.stringify(BASKET), { 'content-type': '' }, 415],
    ['bad JSON', '{"items":', {}, 400],
    ['a depth of 10,000', '['.repeat(10_000), {}, 400],
    ['a depth of 5,000 that is JSON', '['.repeat(5_000) + ']'.repeat(5_000), {}, 400],
    ['more than 16 KB', JSON.stringify({ ...BASKET, padding: 'x'.repeat(16_384) }), {}, 413],
  ])('C11 refuses %s', (_what, body, headers, status) =>
    beginningNothing(async () =>
      expect((await postAs(platform, '/create_checkout_session', body, headers)).status).toBe(status),
    ),
  )

  it('C11 refuses more than 16 KB that come without a length', async () => {
    const part = new TextEncoder().encode('x'.repeat(10_000))
    const body = new ReadableStream({
      start(stream) {
        for (let i = 0; i < 3; i++) stream.enqueue(part)
        stream.close()
      },
    })
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
    const sent = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    expect((await fetch(`${platform.siteUrl}/create_checkout_session`, sent)).status).toBe(413)
  })

  it('C13 tells of a refusal of Stripe’s in words of its own: 502', async () => {
    expectErrors()
    await platform.rows("update products set unit_amount = 1 where slug = 'print'")
    const answer = await post(platform, '/create_checkout_session', basketOf({ slug: 'print' }))
    const text = await answer.text()
    expect([answer.status, JSON.parse(text).error.code]).toEqual([502, 'vendor_refused'])
    expect(text).not.toMatch(/total amount|at least|param|req_(?!test)/)
  })

  it('C13 asks to come back while Stripe is down: 503', async () => {
    expectErrors()
    platform.faults.put({ service: 'stripe', mode: '500', count: 2 })
    const answer = await post(platform, '/create_checkout_session', basketOf({}))
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 30])
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('C8 begins nothing for %s', (method) =>
    beginningNothing(async () => {
      const answer = await fetch(`${platform.siteUrl}/create_checkout_session`, { method })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }),
  )
})

/** A request without the headers that `fetch` adds by itself. */
function send(body: unknown, headers: Record<string, string | undefined>): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
    const asked = httpRequest(`${platform.siteUrl}/create_checkout_session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...given },
    })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0 }))
    })
    asked.end(JSON.stringify(body))
  })
}

describe('GET /go/:slug', () => {
  it.each(NASTY.filter(Boolean))('C1 knows no product %j', (slug) =>
    beginningNothing(async () => {
      const { answer } = await click(platform, slug === '%2e%2e%2f' ? slug : encodeURIComponent(slug))
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
    }),
  )

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '%09//evil.example'])(
    'C6 leads nowhere but to the payment page, whatever a link asks to return to: %s',
    async (target) => {
      const wishes = ['return_to', 'next', 'url', 'redirect', 'success_url', 'cancel_url'].map(
        (name) => `${name}=${target}`,
      )
      const { answer, url, sessionId } = await click(platform, `book?${wishes.join('&')}`)
      expect([answer.status, new URL(url).origin]).toEqual([303, new URL(platform.servicesUrl).origin])
      const headers = { authorization: 'Bearer sk_test_0123456789abcdef' }
      const session = await fetch(`${platform.servicesUrl}/v1/checkout/sessions/${sessionId}`, { headers })
      expect(await session.json()).toMatchObject({
        success_url: expect.stringMatching(new RegExp(`^${platform.siteUrl}/success/`)),
        cancel_url: `${platform.siteUrl}/store/book/`,
      })
      const affiliate = await click(platform, `tool?${wishes.join('&')}`)
      expect(new URL(affiliate.url).host).toBe('www.amazon.com')
    },
  )

  it.each([
    'https://www.amazon.com.evil.example/dp/B000000001?tag=tillexample-20',
    'https://www.amazon.com@evil.example/dp/B000000001',
    'https://evil.example/www.amazon.com/dp/B000000001',
    'https://www.amazon.com:444/dp/B000000001',
    'https://www.amazon.de/dp/B000000001?tag=tillexample-20',
    'https://xn--amazn-mye.com/dp/B000000001',
  ])('C14 leads nobody to %s, and says so in the log', async (url) => {
    expectErrors()
    await platform.rows("update products set affiliate_url = $1 where slug = 'evil'", [url])
    const { answer } = await click(platform, 'evil')
    expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
  })

  it('C14 stores no address but https', async () => {
    for (const url of ['http://www.amazon.com/dp/B000000001', 'javascript:alert(1)', '//www.amazon.com'])
      await expect(platform.rows("update products set affiliate_url = $1 where slug = 'evil'", [url])).rejects.toThrow(
        'affiliate_url',
      )
  })

  it('C15 leads on, whatever bytes are in the headers', async () => {
    const { answer } = await click(platform, 'tool', { referer: 'http://x/\xff\xfe\xc3', 'user-agent': `Firefox \xff` })
    expect(answer.status).toBe(302)
    await platform.store.settled()
    expect(await platform.rows('select length(referrer) > 0 as kept from affiliate_clicks')).toContainEqual({
      kept: true,
    })
  })
})
