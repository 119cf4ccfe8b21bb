import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { fillWindows } from '../support/fill-windows.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { click, post } from '../support/sale.ts'

const BASKET = { items: [{ slug: 'book', quantity: 1 }] }
let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const from = (address: string) => ({ 'x-nf-client-connection-ip': address })
const begun = async () => {
  await platform.store.settled()
  return (await platform.rows('select 1 from checkouts')).length
}
/** What Stripe has been asked to make, whether or not we noted it. */
const sessions = () => platform.ledger.list('stripe.sessions').length
const minute = () => Math.floor(Date.now() / 60_000)

/** The statuses of this many clicks from one address, all of them within one minute of the clock. */
async function clicksInAMinute(times: number): Promise<number[]> {
  for (let network = 1; ; network++) {
    const began = minute()
    const statuses: number[] = []
    for (let i = 0; i < times; i++)
      statuses.push((await click(platform, 'book', from(`198.51.${network}.1`))).answer.status)
    if (minute() === began) return statuses
  }
}

/** A network that has used its checkouts up, in this minute and the next. */
async function useUp(address: string): Promise<void> {
  await click(platform, 'book', from(address))
  await fillWindows(platform, 'begin_checkout')
}

describe('beginning checkouts', () => {
  it('C12 is done ten times a minute by one network, and the eleventh is asked to wait', async () => {
    expect(await clicksInAMinute(12)).toEqual([...Array(10).fill(303), 429, 429])
  })

  it('C12 turns a person away with a page that says what to do, and asks nothing of Stripe', async () => {
    await useUp('203.0.113.20')
    const before = [await begun(), sessions()]
    expect(sessions()).toBeGreaterThan(0)
    const { answer, url } = await click(platform, 'book', from('203.0.113.20'))
    const wait = Number(answer.headers.get('retry-after'))
    expect([answer.status, url, answer.headers.get('set-cookie')]).toEqual([429, '', null])
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(3600)
    const page = await answer.text()
    expect(page).toContain('The checkout was opened very often')
    expect(page).toContain('Nothing was charged')
    expect([await begun(), sessions()]).toEqual(before)
  })

  it('C12 is one allowance for both doors, and a script learns it as JSON', async () => {
    await useUp('203.0.113.21')
    const before = [await begun(), sessions()]
    const answer = await post(platform, '/create_checkout_session', BASKET, from('203.0.113.21'))
    expect([answer.status, (await answer.json()).error.code]).toEqual([429, 'too_many_checkouts'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect([await begun(), sessions()]).toEqual(before)
  })

  it('C12 goes on for the neighbours, and a household’s IPv6 addresses are one visitor', async () => {
    await useUp('2001:db8:5:1::1')
    expect((await click(platform, 'book', from('2001:db8:5:1:ffff::9'))).answer.status).toBe(429)
    expect((await click(platform, 'book', from('2001:db8:5:2::1'))).answer.status).toBe(303)
  })

  it('C12 never keeps anybody from a recommendation, a page, or the reason why a product cannot be bought', async () => {
    await useUp('203.0.113.22')
    const asked = async (slug: string) => (await click(platform, slug, from('203.0.113.22'))).answer.status
    expect(await asked('book')).toBe(429)
    expect(await asked('tool')).toBe(302)
    expect([await asked('gone'), await asked('draft'), await asked('book?seen=1-eur')]).toEqual([410, 404, 409])
  })

  it('C12 counts no click that begins nothing', async () => {
    const key = async () =>
      platform.rows("select count(*)::int as n from rate_limits where key like 'begin_checkout:%'")
    const before = await key()
    for (const slug of ['tool', 'gone', 'draft', 'nowhere', 'book?seen=1-eur'])
      await click(platform, slug, from('203.0.113.23'))
    expect(await key()).toEqual(before)
  })

  it('C12 keeps no address, only a hash that changes every day', async () => {
    await click(platform, 'book', from('203.0.113.24'))
    const rows = await platform.rows<{ key: string }>("select key from rate_limits where key like 'begin_checkout:%'")
    expect(rows.length).toBeGreaterThan(1)
    for (const { key } of rows) expect(key).toMatch(/^begin_checkout:(60|3600):[0-9a-f]{32}$/)
  })
})

describe('a flood over the whole shop', () => {
  it('C12 tells the seller once, and turns nobody away', async () => {
    const notices = async () => {
      await platform.store.settled()
      return platform.rows("select 1 from emails where kind = 'seller_checkout_flood'")
    }
    await click(platform, 'book')
    expect(await notices()).toEqual([])
    await platform.rows(`insert into checkouts (stripe_session_id, amount_total, currency, slugs)
      select 'cs_crowd_' || i, 1900, 'eur', '{book}' from generate_series(1, 300) i`)
    const pokes = platform.store.state.pokes
    const crowd = await Promise.all(Array.from({ length: 5 }, () => click(platform, 'book')))
    expect(crowd.map(({ answer }) => answer.status)).toEqual(Array(5).fill(303))
    expect(await notices()).toHaveLength(1)
    expect(platform.store.state.pokes).toBe(pokes + 1)
    await platform.work()
    const mails = (await platform.mails()).filter(({ subject }) => subject.includes('Unusually many checkouts'))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('300 payment pages')
  })
})
