import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { fillWindows } from '../support/fill-windows.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { postAs } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
beforeEach(() => platform.rows('delete from affiliate_clicks'))

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const report = (body: unknown, headers: Record<string, string> = {}) =>
  postAs(platform, '/log_click', body, { 'user-agent': FIREFOX, ...headers })
const clicks = async () => {
  await platform.store.settled()
  return platform.rows('select product_id, referrer, user_agent, is_bot from affiliate_clicks order by id')
}

describe('POST /log_click', () => {
  it('counts the click with page and program, and gives back nothing', async () => {
    const answer = await report({ slug: 'tool' }, { referer: 'http://localhost/store/tool/' })
    expect([answer.status, await answer.text(), answer.headers.get('set-cookie')]).toEqual([204, '', null])
    const page = 'http://localhost/store/tool/'
    expect(await clicks()).toEqual([{ product_id: 'prd_tool', referrer: page, user_agent: FIREFOX, is_bot: false }])
  })

  it('keeps no address, in no table but as a seal nobody can undo', async () => {
    await report({ slug: 'tool' }, { 'x-nf-client-connection-ip': '203.0.113.77' })
    await platform.store.settled()
    const tables = ['affiliate_clicks', 'rate_limits'].map((table) => `select t::text as row from ${table} t`)
    const rows = await platform.rows<{ row: string }>(tables.join(' union all '))
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.filter(({ row }) => row.includes('203.0.113'))).toEqual([])
  })

  it('counts a crawler as one, and what says nothing about itself', async () => {
    await report({ slug: 'tool' }, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })
    await report({ slug: 'tool' }, { 'user-agent': '' })
    expect(await clicks()).toMatchObject([{ is_bot: true }, { is_bot: true }])
  })

  it.each(['book', 'unknown', 'draft', 'gone'])('counts nothing for %s, and says nothing about it', async (slug) => {
    expect((await report({ slug })).status).toBe(204)
    expect(await clicks()).toEqual([])
  })

  it.each([
    ['no slug', {}, {}, 400],
    ['a wrong slug', { slug: '../x' }, {}, 400],
    ['more than the slug', { slug: 'tool', ip: '1' }, {}, 400],
    ['no JSON', '{', {}, 400],
    ['another site', { slug: 'tool' }, { 'sec-fetch-site': 'cross-site' }, 403],
    ['plain text', { slug: 'tool' }, { 'content-type': 'text/plain' }, 415],
    ['20 KB', 'x'.repeat(20_000), {}, 413],
  ])('refuses %s and counts nothing', async (_what, body, headers, status) => {
    expect((await report(body, headers)).status).toBe(status)
    expect(await clicks()).toEqual([])
  })

  it('answers a GET, which no page sends, with 405', async () => {
    const answer = await fetch(`${platform.siteUrl}/log_click`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('counts nothing of a network that has reported as much as it may, and the others as ever', async () => {
    const from = { 'x-nf-client-connection-ip': '198.51.100.9' }
    await platform.rows("delete from rate_limits where key like 'log_click:%'")
    await report({ slug: 'tool' }, from)
    await platform.store.settled()
    await fillWindows(platform)
    expect([204, 429]).toContain((await report({ slug: 'tool' }, from)).status)
    expect(await clicks()).toHaveLength(1)
    expect((await report({ slug: 'tool' })).status).toBe(204)
    expect(await clicks()).toHaveLength(2)
  })

  it('answers all the same when the click cannot be counted', async () => {
    expectErrors()
    await platform.rows('alter table affiliate_clicks rename to hidden')
    expect((await report({ slug: 'tool' })).status).toBe(204)
    await platform.store.settled()
    await platform.rows('alter table hidden rename to affiliate_clicks')
  })
})
