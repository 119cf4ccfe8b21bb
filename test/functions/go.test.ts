import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, post } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const clicks = async () => {
  await platform.store.settled()
  return platform.rows('select product_id, referrer, user_agent, is_bot from affiliate_clicks order by id')
}
const begun = async () => {
  await platform.store.settled()
  return (await platform.rows('select 1 from checkouts')).length
}

describe('GET /go/:slug for an affiliate product', () => {
  it('counts the click and leads to the tagged link', async () => {
    const { answer } = await click(platform, 'tool', { referer: 'http://localhost/store/tool/' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'https://www.amazon.com/dp/B000000001?tag=tillexample-20',
    ])
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await clicks()).toEqual([
      {
        product_id: 'prd_tool',
        referrer: 'http://localhost/store/tool/',
        user_agent: expect.stringContaining('Firefox'),
        is_bot: false,
      },
    ])
  })

  it('counts a crawler as one', async () => {
    const before = (await clicks()).length
    await click(platform, 'tool', { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })
    expect((await clicks()).slice(before)).toMatchObject([{ is_bot: true }])
  })

  it('C15 leads on when the click cannot be counted, and cuts what is too long', async () => {
    const before = (await clicks()).length
    await click(platform, 'tool', { referer: `http://localhost/${'x'.repeat(9_000)}` })
    expect((await clicks())[before]).toMatchObject({ referrer: expect.stringMatching(/^.{512}$/) })
    expectErrors()
    await platform.rows('alter table affiliate_clicks rename to hidden')
    expect((await click(platform, 'tool')).answer.status).toBe(302)
    await platform.rows('alter table hidden rename to affiliate_clicks')
  })

  it('C14 goes nowhere but to the hosts of shop.config.ts', async () => {
    expectErrors()
    const { answer } = await click(platform, 'evil')
    expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
  })
})

describe('GET /go/:slug for a direct product', () => {
  it.each([
    ['C1', 'unknown', 404],
    ['C1', '..%2fx', 404],
    ['C1', '%00', 404],
    ['C1', 'x'.repeat(300), 404],
    ['C1', "'%20OR%201=1--", 404],
    ['C1', '%F0%9F%98%80', 404],
    ['C2', 'draft', 404],
    ['C2', 'gone', 410],
  ])('%s answers %s with the page for %i', async (_row, slug, status) => {
    const { answer } = await click(platform, slug)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toMatch(/^<!doctype html>/i)
  })

  it('C8 creates nothing for HEAD, for a prefetch, or for a program that only looks', async () => {
    const before = await begun()
    const head = await fetch(`${platform.siteUrl}/go/book`, { method: 'HEAD', redirect: 'manual' })
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await click(platform, 'book', { 'sec-purpose': 'prefetch;prerender' })).answer.status).toBe(503)
    const bot = await click(platform, 'book', { 'user-agent': 'facebookexternalhit/1.1' })
    expect([bot.answer.status, bot.url]).toEqual([302, `${platform.siteUrl}/store/book/`])
    expect(await begun()).toBe(before)
  })

  it('notes that a checkout began', async () => {
    const before = await begun()
    await click(platform, 'book')
    expect(await begun()).toBe(before + 1)
  })

  it('F29 C13 says 503 when Stripe is down, and begins nothing', async () => {
    expectErrors()
    platform.faults.put({ service: 'stripe', mode: '500', count: 2 })
    const { answer } = await click(platform, 'yen')
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 30])
    expect((await click(platform, 'yen')).answer.status).toBe(303)
  })
})

describe('POST /create_checkout_session', () => {
  it.each([
    [{ items: [] }, 400],
    [{ items: [{ slug: 'book', quantity: 0 }] }, 400],
    [{ items: [{ slug: 'book', quantity: -1 }] }, 400],
    [{ items: [{ slug: 'book', quantity: 1.5 }] }, 400],
    [{ items: [{ slug: 'book', quantity: '01' }] }, 400],
    [{ items: [{ slug: 'book', quantity: 1e9 }] }, 400],
    [{ items: [{ slug: 'book', quantity: 1, price: 1 }] }, 400],
    [{ items: [{ slug: 'book', quantity: 1 }], success_url: 'https://evil' }, 400],
    [{ items: [{ slug: 'tool', quantity: 1 }] }, 400],
    [
      {
        items: [
          { slug: 'book', quantity: 1 },
          { slug: 'yen', quantity: 1 },
        ],
      },
      400,
    ],
    [{ items: [{ slug: 'unknown', quantity: 1 }] }, 404],
    [{ items: [{ slug: 'gone', quantity: 1 }] }, 410],
    ['{', 400],
    ['x'.repeat(20_000), 413],
  ])('C3 C4 C11 answers %j with %i', async (body, status) => {
    const answer = await post(platform, '/create_checkout_session', body)
    const { items, ...rest } = (await answer.json()) as { items?: object[] }
    expect([answer.status, rest]).toEqual([
      status,
      { error: { code: expect.any(String), message: expect.any(String), request_id: 'req_test' } },
    ])
    expect(items?.map((item) => Object.keys(item)) ?? []).toEqual(items ? [['slug', 'moved_to']] : [])
  })

  it('C10 C11 refuses other sites and other content types', async () => {
    const body = { items: [{ slug: 'book', quantity: 1 }] }
    const ask = (headers: Record<string, string>) =>
      post(platform, '/create_checkout_session', body, headers).then(({ status }) => status)
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await ask({ 'sec-fetch-site': 'none' })).toBe(403)
    expect(await ask({ 'content-type': 'text/plain' })).toBe(415)
  })
})
