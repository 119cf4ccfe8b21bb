import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCheckout } from '../../../shop/checkout/start-checkout.ts'
import { addDemoProducts } from '../../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../../support/platform.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const NOW = new Date(Math.floor(Date.now() / 120_000) * 120_000)
const BUYER = { claim: 'a-claim', backTo: '/basket/', address: '203.0.113.1' }
const BASKET = { items: [{ slug: 'book', quantity: 1 }] }

let visitors = 1

/** Clicks of one browser at fixed times of our clock; what the use case leaves for later is awaited. */
async function checkOut(claim: string, ...seconds: number[]): Promise<string[]> {
  const behind: Promise<unknown>[] = []
  const later = (_what: string, work: Promise<unknown>) => void behind.push(work)
  const clicks = seconds.map((after) => {
    const now = () => new Date(NOW.getTime() + after * 1000)
    const buyer = { claim, backTo: '/store/book/', address: `203.0.113.${++visitors}` }
    return startCheckout(Object.assign(platform.app(), { now, later }), BASKET, buyer)
  })
  const urls = (await Promise.all(clicks)).map((outcome) => (outcome.kind === 'begun' ? outcome.url : 'not begun'))
  await Promise.all(behind)
  return urls
}

const begun = async () => (await platform.rows('select stripe_session_id from checkouts')).length

describe('startCheckout', () => {
  it('C9 begins one session for five clicks of one claim within two minutes', async () => {
    const before = await begun()
    const urls = await checkOut('one-browser', 0, 1, 60, 119, 119.999)
    expect(new Set(urls).size).toBe(1)
    expect(await begun()).toBe(before + 1)
  })

  it('C9 begins another for another claim, another bucket and another price', async () => {
    const [first = ''] = await checkOut('first-browser', 0)
    const [other = ''] = await checkOut('other-browser', 0)
    const [later = ''] = await checkOut('first-browser', 120)
    await platform.rows("update products set unit_amount = 2100 where id = 'prd_book'")
    const [dearer = ''] = await checkOut('first-browser', 0)
    expect(new Set([first, other, later, dearer]).size).toBe(4)
  })

  it('begins nothing, and says what differs, when the price is not the one that the buyer saw', async () => {
    const before = await begun()
    const items = [
      { slug: 'book', quantity: 2, seen_unit_amount: 1900, seen_currency: 'usd' },
      { slug: 'print', quantity: 1, seen_unit_amount: 2500 },
    ]
    const outcome = await startCheckout(platform.app(), { items }, BUYER)
    const now = { amount: expect.any(Number), currency: 'eur' }
    const seen = { amount: 1900, currency: 'usd' }
    const changes = [{ slug: 'book', title: 'A Book & More', seen, now }]
    expect(outcome).toEqual({ kind: 'price_changed', changes })
    await platform.store.settled()
    expect(await begun()).toBe(before)
  })

  it('asks about a price in another currency too, before it says that one payment holds only one', async () => {
    const book = { slug: 'book', quantity: 1 }
    const yen = { slug: 'yen', quantity: 1, seen_unit_amount: 900, seen_currency: 'eur' }
    const asked = await startCheckout(platform.app(), { items: [book, yen] }, BUYER)
    expect(asked).toMatchObject({ kind: 'price_changed', changes: [{ slug: 'yen', now: { currency: 'jpy' } }] })
    const items = [book, { slug: 'yen', quantity: 1 }]
    await expect(startCheckout(platform.app(), { items }, BUYER)).rejects.toThrow('different currencies')
  })

  it('names everything that cannot be bought, and where the product went that was only renamed', async () => {
    await platform.rows("update products set slug = 'print-two' where id = 'prd_print'")
    const slugs = ['book', 'print', 'gone', 'tool', 'draft', 'gone']
    const outcome = await startCheckout(
      platform.app(),
      { items: slugs.map((slug) => ({ slug, quantity: 1, seen_unit_amount: 1 })) },
      BUYER,
    )
    await platform.rows("update products set slug = 'print' where id = 'prd_print'")
    expect(outcome).toEqual({
      kind: 'unavailable',
      items: [
        { slug: 'print', why: 'unknown', moved_to: 'print-two' },
        { slug: 'gone', why: 'retired', moved_to: null },
        { slug: 'tool', why: 'elsewhere', moved_to: null },
        { slug: 'draft', why: 'unknown', moved_to: null },
      ],
    })
  })

  it('notes what was begun, with the price of the database', async () => {
    await platform.rows("update products set unit_amount = 1900 where id = 'prd_book'")
    const [url = ''] = await checkOut('noted-browser', 0)
    const sessionId = /cs_test_\w+/.exec(url)?.[0]
    const noted = 'select amount_total::int as total, currency, slugs from checkouts where stripe_session_id = $1'
    expect(await platform.rows(noted, [sessionId])).toEqual([{ total: 1900, currency: 'eur', slugs: ['book'] }])
  })
})
